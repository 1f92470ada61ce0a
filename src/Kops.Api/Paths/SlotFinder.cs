using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Api.Paths;

/// <summary>Follows a path through a tree and its types at once, so that a wrong path is a mistake even where the tree is empty.</summary>
internal sealed class SlotFinder(ApiSchema schema, bool makes)
{
    /// <summary>
    /// The places that the path leads to; those between are made when the finder makes them, and passed over when it does not.
    /// </summary>
    public IReadOnlyList<FieldSlot> Find(MappingNode root, TypeSchema type, FieldPath path)
    {
        if (path.Segments.Count == 0)
            throw new FieldMistakeException(string.Empty, "the path is empty: name a field, such as spec.kubernetesVersion");
        var level = new Level(
            new FieldType(FieldKind.Object, isPointer: false, element: null, typeName: type.Name),
            [],
            [(FieldPath.Root, root)]
        );
        for (var i = 0; ; i++)
        {
            var (next, slots) = Step(level, path, i);
            if (i == path.Segments.Count - 1)
                return slots;
            level = next with { Owners = [.. slots.Select(Enter).OfType<(FieldPath, Node)>()] };
        }
    }

    private (Level Next, List<FieldSlot> Slots) Step(Level level, FieldPath path, int at)
    {
        var segment = path.Segments[at];
        var here = Prefix(path, at);
        var byName = segment.Kind is PathSegmentKind.Field or PathSegmentKind.Key;
        switch (level.Type?.Kind)
        {
            case FieldKind.Object when byName:
                var owner = schema.TypeOf(level.Type);
                var field = owner.Find(segment.Name) ?? AnyCase(owner, segment.Name) ?? throw Unknown(here, owner, segment.Name);
                return (Level.Of(field.Type, field.OneOf), Fields(level, field.Name, field.Type, field.OneOf));
            case FieldKind.Map when byName:
            case null when byName && level.Owners.All(each => each.Node is MappingNode):
                return (Level.Of(level.Type?.Element, level.OneOf), Fields(level, segment.Name, level.Type?.Element, level.OneOf));
            case FieldKind.List when segment.Kind != PathSegmentKind.Field:
            case null when !byName:
                return (Level.Of(level.Type?.Element, level.OneOf), Items(level, segment, here));
            case FieldKind.List:
                throw new FieldMistakeException(
                    here,
                    $"is a list: name its items, such as {here}[0].{segment.Name} or {here}[*].{segment.Name}"
                );
            case FieldKind.Object or FieldKind.Map:
                throw new FieldMistakeException(here, $"is not a list, and has no items {segment}");
            default:
                throw new FieldMistakeException(here, $"holds a plain value, and has nothing called '{segment}'");
        }
    }

    private static List<FieldSlot> Fields(Level level, string name, FieldType? type, IReadOnlyList<string> oneOf) =>
        [
            .. level.Owners.Select(owner => new FieldSlot(
                level.Type?.Kind == FieldKind.Map ? owner.Path.Key(name) : owner.Path.Field(name),
                type,
                oneOf,
                owner.Node,
                name,
                0
            )),
        ];

    private List<FieldSlot> Items(Level level, PathSegment segment, string here)
    {
        var slots = new List<FieldSlot>();
        foreach (var (path, node) in level.Owners)
        {
            var list = node as SequenceNode ?? throw new FieldMistakeException(here, "is not a list");
            if (makes && segment.Kind == PathSegmentKind.Index && segment.Index > list.Count)
                throw new FieldMistakeException(
                    here,
                    $"has {list.Count} items, so there is no {segment}: add the next one as {here}[{list.Count}]"
                );
            for (var i = 0; i < list.Count; i++)
            {
                if (
                    segment.Kind switch
                    {
                        PathSegmentKind.Every => true,
                        PathSegmentKind.Key => FieldPath.IsNamed(list[i], segment.Name),
                        _ => segment.Index == i,
                    }
                )
                {
                    slots.Add(new FieldSlot(path.At(i), level.Type?.Element, level.OneOf, list, string.Empty, i));
                }
            }

            if (makes && segment.Kind == PathSegmentKind.Index && segment.Index == list.Count)
                slots.Add(new FieldSlot(path.At(list.Count), level.Type?.Element, level.OneOf, list, string.Empty, list.Count));
        }

        if (slots.Count > 0 || !makes)
            return slots;
        if (segment.Kind != PathSegmentKind.Key)
            throw new FieldMistakeException(here, "has no items yet: add the first one as " + here + "[0]");
        var names = level.Owners.SelectMany(owner => (SequenceNode)owner.Node).Select(FieldPath.NameOf).OfType<string>().ToArray();
        throw new FieldMistakeException(
            here,
            $"has no item named '{segment.Name}'"
                + (
                    names.Length == 0 ? string.Empty
                    : Suggest.Nearest(segment.Name, names) is { } meant ? $"; did you mean '{meant}'?"
                    : $": it has {string.Join(", ", names)}"
                )
        );
    }

    // Goes into a place on the way. Null when there is nothing and nothing is to be made.
    private (FieldPath Path, Node Node)? Enter(FieldSlot slot)
    {
        if (slot.IsEmpty)
        {
            if (!makes)
                return null;
            slot.Put(slot.Type?.Kind == FieldKind.List ? new SequenceNode() : new MappingNode());
        }

        if (slot.Value is ScalarNode scalar)
            throw new FieldMistakeException(slot.Path.ToString(), $"holds the plain value '{scalar.Text}', which has no fields");
        return (slot.Path, slot.Value!);
    }

    private static FieldSchema? AnyCase(TypeSchema owner, string name) =>
        owner.Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray() is [var only] ? only : null;

    private FieldMistakeException Unknown(string here, TypeSchema owner, string name)
    {
        var path = here.Length == 0 ? name : $"{here}.{name}";
        var hint = Suggest.Hint(name, owner.Fields.Select(field => field.Name));
        // Above all people forget the prefix.
        if (here.Length == 0 && owner.Find("spec") is { } spec && schema.TypeOf(spec.Type).Find(name) is not null)
            hint = $"; did you mean 'spec.{name}'?";
        return new FieldMistakeException(path, $"there is no such field{hint}");
    }

    private static string Prefix(FieldPath path, int count)
    {
        var prefix = FieldPath.Root;
        for (var i = 0; i < count; i++)
            prefix = prefix.Then(path.Segments[i]);
        return prefix.ToString();
    }

    // The type is null where anything may stand.
    private sealed record Level(FieldType? Type, IReadOnlyList<string> OneOf, IReadOnlyList<(FieldPath Path, Node Node)> Owners)
    {
        public static Level Of(FieldType? type, IReadOnlyList<string> oneOf) => new(type?.Kind == FieldKind.Any ? null : type, oneOf, []);
    }
}

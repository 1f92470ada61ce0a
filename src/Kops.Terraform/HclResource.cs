using Kops.Resources.Values;

namespace Kops.Terraform;

/// <summary>A resource as a block, and the files that it names.</summary>
internal sealed class HclResource
{
    private readonly Resource _resource;

    public HclResource(Resource resource)
    {
        _resource = resource;
        Name = HclNames.Sanitize(resource.Name);
        var attributes = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, value) in resource.Attributes)
            attributes[name] = Named(value);
        if (resource.ProviderAlias is { } alias)
            attributes["provider"] = new Expression($"{resource.Kind.Name.Split('_')[0]}.{alias}");
        Attributes = attributes;
    }

    /// <summary>A shared resource is none of Terraform's, but for those that it has to look up.</summary>
    public bool IsWritten => !IsShared || _resource.Kind.IsLookedUp;

    public string Header => $"{(IsShared ? "data" : "resource")} \"{_resource.Kind.Name}\" \"{Name}\"";

    public IReadOnlyDictionary<string, Value> Attributes { get; }

    public List<TerraformFile> Files { get; } = [];

    public string Kind => _resource.Kind.Name;

    public string Name { get; }

    public bool IsShared => _resource.Ownership == Ownership.Shared;

    private Value Named(Value value) =>
        value switch
        {
            DataFile file => Named(file),
            MapValue map => new MapValue(map.Entries.ToDictionary(entry => entry.Key, entry => Named(entry.Value), StringComparer.Ordinal)),
            _ => value,
        };

    private Value Named(DataFile file)
    {
        var path = $"data/{_resource.Kind.Name}_{_resource.Name}_{file.Attribute}";
        Files.Add(new(path, file.Content));
        var place = $"${{path.module}}/{path}";
        return file.Encoding switch
        {
            FileEncoding.Path => new TextValue(place),
            FileEncoding.Base64 => new Expression($"filebase64(\"{place}\")"),
            _ => new Expression($"file(\"{place}\")"),
        };
    }
}

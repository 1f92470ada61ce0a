using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Addons.Objects;

/// <summary>What kOps does to the objects of an addon before it writes them: labels, roles on AWS, where images come from.</summary>
internal sealed class AddonObjects(BuildContext context)
{
    private readonly PodRoles _roles = new(context);

    /// <summary>Changes an object to what is written.</summary>
    /// <param name="value">The object.</param>
    /// <param name="addon">The addon's name.</param>
    /// <param name="selector">The label that its objects have; null for none.</param>
    /// <exception cref="FormatException">A label says something else already.</exception>
    public void Finish(MappingNode value, string addon, (string Key, string Value)? selector)
    {
        var metadata = TypedMetadata.Of(value["metadata"] as MappingNode);
        TypedMetadata.Label(metadata, "app.kubernetes.io/managed-by", "kops");
        TypedMetadata.Label(metadata, "addon.kops.k8s.io/name", addon);
        if (selector is var (key, label))
            TypedMetadata.Select(metadata, key, label);
        value["metadata"] = metadata;
        if (
            Tree.TextAt(value, "apiVersion") == "apps/v1"
            && Tree.TextAt(value, "kind") is "Deployment" or "DaemonSet"
            && Tree.Find(value, "spec", "template") is MappingNode template
        )
            Finish(template);
        Remap(value);
    }

    private void Finish(MappingNode template)
    {
        var metadata = TypedMetadata.Of(template["metadata"] as MappingNode);
        TypedMetadata.Label(metadata, "kops.k8s.io/managed-by", "kops");
        template["metadata"] = metadata;
        if (template["spec"] is MappingNode spec)
            template["spec"] = _roles.Give(spec);
    }

    private void Remap(Node node)
    {
        switch (node)
        {
            case MappingNode map:
                foreach (var (name, value) in map)
                {
                    if (name is "containers" or "initContainers" && value is SequenceNode containers)
                        RemapContainers(containers);
                    Remap(value);
                }

                break;
            case SequenceNode list:
                foreach (var item in list)
                    Remap(item);
                break;
        }
    }

    private void RemapContainers(SequenceNode containers)
    {
        foreach (var container in containers.OfType<MappingNode>())
        {
            if (container["image"] is ScalarNode { Kind: ScalarKind.Text } image)
                container["image"] = Tree.Text(context.Image(image.Text));
        }
    }
}

using Kops.Api.Documents;
using static Kops.Api.Versions.RelocationRows;

namespace Kops.Api.Versions;

/// <summary>
/// Objects by the names of kOps' internal types: v1alpha3's, and those of the fields that v1alpha3 hides. Nobody writes whole objects by
/// them; parts stand in the files that machines boot from.
/// </summary>
public static class InternalForm
{
    // What v1alpha3 hides keeps its name, with these exceptions.
    private static readonly IReadOnlyList<Relocation> HiddenNames =
    [
        new("spec.kubeAPIServer", "etcdCaFile", "etcdCAFile"),
        new("spec.kubeAPIServer", "authorizationRbacSuperUser", "authorizationRBACSuperUser"),
        .. Kubelet("spec.kubelet"),
        .. Kubelet("spec.controlPlaneKubelet"),
    ];

    /// <summary>The object by its internal names: a tree of its own.</summary>
    /// <exception cref="InvalidObjectException">The object contradicts itself: settings of another cloud, for one.</exception>
    public static MappingNode Of(KopsObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var copy = (MappingNode)value.Node.Clone();
        var notes = new ConversionNotes();
        VersionConverter.ToInternal(copy, HiddenNames, notes);
        return notes.Refused.Count == 0 ? copy : throw new InvalidObjectException($"{value.Kind} {value.Metadata.Name}", notes.Refused);
    }

    private static IEnumerable<Relocation> Kubelet(string at) => [new(at, "clientCaFile", "clientCAFile")];
}

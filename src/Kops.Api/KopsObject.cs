using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Api.Views;

namespace Kops.Api;

/// <summary>A whole object with kind and name: a Cluster, an InstanceGroup, a Keyset, an SSHCredential or a Host.</summary>
public abstract class KopsObject : ApiView
{
    /// <summary>A view of an existing document.</summary>
    protected KopsObject(MappingNode node)
        : base(node) { }

    /// <summary>Group and version, for example <c>kops.k8s.io/v1alpha2</c>.</summary>
    public string? ApiVersion
    {
        get => GetText("apiVersion");
        set => SetText("apiVersion", value);
    }

    /// <summary>The kind, for example <c>Cluster</c>.</summary>
    public string? Kind
    {
        get => GetText("kind");
        set => SetText("kind", value);
    }

    /// <summary>Name, labels, times.</summary>
    public ObjectMeta Metadata => EnsureView<ObjectMeta>("metadata");

    /// <summary>The type of the whole object.</summary>
    public TypeSchema Type => ApiSchema.V1Alpha2.Find(Kind!) ?? throw new InvalidOperationException($"no kind '{Kind}'");
}

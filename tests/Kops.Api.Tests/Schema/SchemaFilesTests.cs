using Kops.Api.Schema;
using Xunit;

namespace Kops.Api.Tests.Schema;

public sealed class SchemaFilesTests
{
    private static readonly string[] Kinds = ["Cluster", "InstanceGroup", "Keyset", "SSHCredential", "Host"];

    public static TheoryData<string, string> KindsOfVersions =>
        new(from version in new[] { "v1alpha2", "v1alpha3" } from kind in Kinds select (version, kind));

    [Theory]
    [MemberData(nameof(KindsOfVersions))]
    public void Every_type_that_a_kind_leads_to_is_there(string version, string kind)
    {
        var schema = version == "v1alpha2" ? ApiSchema.V1Alpha2 : ApiSchema.V1Alpha3;
        var missing = new List<string>();
        var seen = new HashSet<string>();
        Walk(kind);
        Assert.Empty(missing);

        void Walk(string typeName)
        {
            if (!seen.Add(typeName))
                return;
            if (schema.Find(typeName) is not { } type)
            {
                missing.Add(typeName);
                return;
            }

            foreach (var field in type.Fields)
            {
                var innermost = field.Type;
                while (innermost.Element is { } element)
                    innermost = element;
                if (innermost.TypeName is { } name)
                    Walk(name);
            }
        }
    }

    [Theory]
    [InlineData("ClusterSpec", "masterKubelet", "controlPlaneKubelet")]
    [InlineData("InstanceGroupSpec", "rootVolumeSize", "rootVolume")]
    [InlineData("HookSpec", "disabled", "enabled")]
    public void The_later_version_replaces_a_type_as_a_whole(string type, string before, string after)
    {
        Assert.NotNull(ApiSchema.V1Alpha2.Find(type)?.Find(before));
        Assert.Null(ApiSchema.V1Alpha2.Find(type)?.Find(after));
        Assert.Null(ApiSchema.V1Alpha3.Find(type)?.Find(before));
        Assert.NotNull(ApiSchema.V1Alpha3.Find(type)?.Find(after));
    }
}

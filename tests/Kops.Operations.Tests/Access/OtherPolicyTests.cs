using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Model.Flags;
using Kops.Operations.Access;
using Kops.Operations.Access.Policies;

namespace Kops.Operations.Tests.Access;

/// <summary>The policies of clouds other than AWS, which are made of the same needs.</summary>
public sealed class OtherPolicyTests
{
    private const string Scope = "/subscriptions/0a1b/resourceGroups/kops/providers/Microsoft.Storage/storageAccounts/account";
    private const string Person = "0a1b2c3d-0000-0000-0000-000000000000";
    private const string Blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

    [Fact]
    public void On_Google_Cloud_bindings_hold_below_the_clusters_directory()
    {
        var policies = GcsPolicy.Write(Request("gs://state/team", AccessMode.Write, "group:ops@example.com") with { Scope = "my-project" });

        Assert.Equal(["role/kopsStateLister", "role/kopsStateWriter", "bucket/state"], policies.Keys);
        Assert.Equal(
            ["storage.objects.get", "storage.objects.create", "storage.objects.delete"],
            Texts(((MappingNode)policies["role/kopsStateWriter"])["includedPermissions"])
        );
        var bindings = ((SequenceNode)((MappingNode)policies["bucket/state"])["bindings"]).OfType<MappingNode>().ToList();
        Assert.Equal(
            [
                "projects/my-project/roles/kopsStateLister",
                "projects/my-project/roles/kopsStateWriter",
                "projects/my-project/roles/kopsStateWriter",
            ],
            bindings.Select(binding => Text(binding["role"]))
        );
        Assert.False(bindings[0].ContainsKey("condition"));
        Assert.Equal(
            "resource.name.startsWith(\"projects/_/buckets/state/objects/team/demo.example.com/\")",
            Text(((MappingNode)bindings[1]["condition"])["expression"])
        );
        Assert.Contains(
            "resource.name == \"projects/_/buckets/state/objects/team/.kops/pending/demo.example.com.json\" || ",
            Text(((MappingNode)bindings[2]["condition"])["expression"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void On_Google_Cloud_who_reads_can_create_nothing() =>
        Assert.Equal(
            ["role/kopsStateLister", "role/kopsStateReader"],
            GcsPolicy.Write(Request("gs://state", AccessMode.Read) with { Scope = "my-project" }).Keys
        );

    [Fact]
    public void On_Azure_each_action_has_a_clause_with_its_paths_and_names_are_listed_everywhere()
    {
        var policies = AzurePolicy.Write(Request("azureblob://account/state", AccessMode.Write, Person) with { Scope = Scope });

        Assert.Equal(["role", "assignment/account/state"], policies.Keys);
        Assert.Equal(
            [Blobs + "/read", Blobs + "/write", Blobs + "/add/action", Blobs + "/delete"],
            Texts(((MappingNode)policies["role"])["DataActions"])
        );
        var assignment = (MappingNode)((SequenceNode)policies["assignment/account/state"])[0];
        Assert.Equal(Scope + "/blobServices/default/containers/state", Text(assignment["scope"]));
        var clauses = Text(assignment["condition"]).Split(" AND ((!(");
        Assert.Equal(4, clauses.Length);
        Assert.StartsWith(
            $"((!(ActionMatches{{'{Blobs}/read'}} AND NOT SubOperationMatches{{'Blob.List'}})) OR (@Resource[{Blobs}:path] "
                + $"StringStartsWith 'demo.example.com/' OR ",
            clauses[0],
            StringComparison.Ordinal
        );
        Assert.Contains($"@Resource[{Blobs}:path] StringEquals '.kops/moves/demo.example.com.json'", clauses[3], StringComparison.Ordinal);
    }

    [Fact]
    public void On_Azure_all_of_a_container_needs_no_condition()
    {
        var request = new PolicyRequest(
            AccessGrant.For(AccessMode.Write, new StatePlan(AccessPlace.Of("azureblob://account/state"), null)),
            [Person]
        )
        {
            Scope = Scope,
        };

        Assert.False(((MappingNode)((SequenceNode)AzurePolicy.Write(request)["assignment/account/state"])[0]).ContainsKey("condition"));
    }

    [Fact]
    public void On_Azure_a_control_plane_may_write_backups_alone()
    {
        var condition = Text(
            (
                (MappingNode)
                    (
                        (SequenceNode)
                            AzurePolicy.Write(Request("azureblob://account/state", AccessMode.Node, Person) with { Scope = Scope })[
                                "assignment/account/state"
                            ]
                    )[0]
            )["condition"]
        );

        Assert.Contains(
            $"((!(ActionMatches{{'{Blobs}/write'}})) OR (@Resource[{Blobs}:path] StringStartsWith 'demo.example.com/backups/'))",
            condition,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void On_OSS_the_lock_at_the_buckets_top_is_among_what_is_written()
    {
        var policies = OssPolicy.Write(Request("oss://state/team", AccessMode.Write, "1234567890123456"));

        Assert.Equal(["identity", "bucket/state"], policies.Keys);
        var resources = Statements(policies["identity"])
            .Where(statement => Texts(statement["Action"]).Contains("oss:PutObject"))
            .SelectMany(statement => Texts(statement["Resource"]))
            .ToList();
        Assert.Contains("acs:oss:*:*:state/.kops-lock", resources);
        Assert.Contains("acs:oss:*:*:state/.kops-lock-queue/*", resources);
        Assert.Contains("acs:oss:*:*:state/team/demo.example.com/*", resources);
        Assert.All(Statements(policies["bucket/state"]), statement => Assert.Equal(["1234567890123456"], Texts(statement["Principal"])));
        Assert.DoesNotContain(
            ".kops-lock",
            NodeOf(OssPolicy.Write(Request("oss://state/team", AccessMode.Read))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void On_Kubernetes_a_role_and_its_binding_are_for_the_namespace()
    {
        var policies = KubernetesPolicy.Write(
            Request("k8s:///kops-state/team", AccessMode.Write, "user:alice", "serviceaccount:ci/runner")
        );

        Assert.Equal(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata:
              name: kops-state-write
              namespace: kops-state
            rules:
            - apiGroups:
              - ""
              resources:
              - secrets
              verbs:
              - list
              - get
              - create
              - update
              - delete
              - deletecollection
            - apiGroups:
              - ""
              resourceNames:
              - kops-state
              resources:
              - namespaces
              verbs:
              - get

            """,
            NodeOf(policies["role/kops-state"])
        );
        Assert.Contains(
            "- kind: ServiceAccount\n  name: runner\n  namespace: ci\n",
            NodeOf(policies["binding/kops-state"]),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "create",
            NodeOf(KubernetesPolicy.Write(Request("k8s://mgmt/kops-state", AccessMode.Read))),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("gs", "ops@example.com", "my-project", "--principal")]
    [InlineData("gs", "user:ops@example.com", null, "--scope")]
    [InlineData("azureblob", "alice", Scope, "--principal")]
    [InlineData("azureblob", Person, "my-group", "--scope")]
    [InlineData("oss", "alice", null, "--principal")]
    [InlineData("k8s", "alice", null, "--principal")]
    public void Who_and_where_cannot_be_named_so_is_refused(string scheme, string principal, string? scope, string flag) =>
        Assert.StartsWith(
            flag,
            Assert
                .Throws<InvalidFlagException>(() =>
                    PolicyCloud
                        .Find(null, scheme)
                        .Write(Request($"{scheme}://account/state", AccessMode.Read, principal) with { Scope = scope })
                )
                .Message,
            StringComparison.Ordinal
        );

    private static PolicyRequest Request(string store, AccessMode mode, params string[] principals)
    {
        var root = AccessPlace.Of(store);
        var plan = new StatePlan(root, "demo.example.com")
        {
            Backups = [root.Below("demo.example.com/backups")],
            IsLocked = PolicyCloud.Find(null, root.Scheme).IsLocked,
        };
        return new(AccessGrant.For(mode, plan), principals);
    }

    private static string NodeOf(Node node) => YamlWriter.Write(node);

    private static IEnumerable<MappingNode> Statements(Node policy) =>
        ((SequenceNode)((MappingNode)policy)["Statement"]).OfType<MappingNode>();

    private static IEnumerable<string> Texts(Node list) => ((SequenceNode)list).Select(Text);

    private static string Text(Node node) => ((ScalarNode)node).Text;
}

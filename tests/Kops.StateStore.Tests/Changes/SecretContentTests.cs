using System.Text;
using Kops.StateStore.Changes;
using Xunit;

namespace Kops.StateStore.Tests.Changes;

/// <summary>A Secret is found however it is written, and what merely speaks of one is none.</summary>
public sealed class SecretContentTests
{
    public static TheoryData<string> Secrets =>
        [
            "apiVersion: v1\nkind: Secret\ndata:\n  password: aHVudGVyMg==\n",
            "apiVersion: v1\nkind: \"Secret\"\nstringData:\n  password: hunter2\n",
            "apiVersion: v1\nkind: 'Secret' # of the cloud\n",
            "kind:    !!str Secret\n",
            "? kind\n: Secret\n",
            "\"kind\": \"\\u0053ecret\"\n",
            "x: &s Secret\nkind: *s\n",
            "{apiVersion: v1, kind: Secret, data: {password: aHVudGVyMg==}}\n",
            "{\"apiVersion\": \"v1\", \"kind\" : \"Secret\"}",
            "{\"kind\":\n  \"Secret\"}",
            "kind: ConfigMap\n---\nkind: \"Secret\"\n",
            "apiVersion: v1\nkind: List\nitems:\n- kind: 'Secret'\n  data: {}\n",
            "apiVersion: v1\nkind: SecretList\nitems:\n- data:\n    password: aHVudGVyMg==\n",
            "kind: ConfigMap\ndata:\n  manifest: |\n    apiVersion: v1\n    kind: \"Secret\"\n",
            "#!/bin/sh\nkubectl apply -f - <<EOF\n{ \"kind\": \"Secret\" }\nEOF\n: {",
            "-----BEGIN RSA PRIVATE KEY-----\n",
        ];

    public static TheoryData<string> Others =>
        [
            string.Empty,
            "kind: ConfigMap\ndata:\n  kind-of-thing: Secret\n",
            "kind: SecretProviderClass\n",
            "kind: Deployment\nspec:\n  volumes:\n  - secret:\n      secretName: Secret\n",
            "kind: Cluster\nspec:\n  secretStore: memfs://state/Secret\n",
            "rules:\n- resources:\n  - Secret\n",
        ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void It_is_a_secret(string text) => Assert.True(SecretContent.IsIn(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [MemberData(nameof(Others))]
    public void It_is_none(string text) => Assert.False(SecretContent.IsIn(Encoding.UTF8.GetBytes(text)));
}

using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Versions;

namespace Kops.Build.Tests;

/// <summary>No golden file has these fields: what kOps' internal types call them.</summary>
public sealed class Fields_have_their_internal_names
{
    [Theory]
    [InlineData("kubelet: {authenticationTokenWebhookCacheTtl: 5m0s}", "kubelet.authenticationTokenWebhookCacheTTL", "5m0s")]
    [InlineData("kubelet: {clientCaFile: /a}", "kubelet.clientCAFile", "/a")]
    [InlineData("masterKubelet: {clientCaFile: /a}", "controlPlaneKubelet.clientCAFile", "/a")]
    [InlineData("kubeAPIServer: {etcdCaFile: /a}", "kubeAPIServer.etcdCAFile", "/a")]
    [InlineData("kubeAPIServer: {authorizationRbacSuperUser: a}", "kubeAPIServer.authorizationRBACSuperUser", "a")]
    [InlineData(
        "kubeAPIServer: {authorizationWebhookCacheAuthorizedTtl: 1m0s}",
        "kubeAPIServer.authorizationWebhookCacheAuthorizedTTL",
        "1m0s"
    )]
    [InlineData("kubeAPIServer: {oidcClientID: a}", "authentication.oidc.clientID", "a")]
    [InlineData("kubeProxy: {ipvsExcludeCidrs: [10.0.0.0/8]}", "kubeProxy.ipvsExcludeCIDRs.0", "10.0.0.0/8")]
    [InlineData("kubeControllerManager: {concurrentRcSyncs: 7}", "kubeControllerManager.concurrentRCSyncs", "7")]
    [InlineData("hooks: [{name: a, disabled: true}]", "hooks.0.enabled", "false")]
    [InlineData("kubelet: {registerSchedulable: true}", "kubelet.registerSchedulable", "true")]
    public void Each_by_itself(string spec, string path, string value)
    {
        var text = $"apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata:\n  name: a.example.com\nspec:\n  {spec}\n";
        var cluster = KopsCodec.DecodeStored<Cluster>(Encoding.UTF8.GetBytes(text), "test").Value;

        Node? found = InternalForm.Of(cluster)["spec"];
        foreach (var step in path.Split('.'))
            found = found is SequenceNode list ? list[int.Parse(step)] : (found as MappingNode)?[step];

        Assert.Equal(value, found?.ToString());
    }
}

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
    [InlineData(
        "masterKubelet: {authenticationTokenWebhookCacheTtl: 5m0s}",
        "controlPlaneKubelet.authenticationTokenWebhookCacheTTL",
        "5m0s"
    )]
    [InlineData("kubelet: {nodeLabels: {a: b}}", "kubelet.nodeLabels.a", "b")]
    [InlineData("kubelet: {hostnameOverride: a}", "kubelet.hostnameOverride", "a")]
    [InlineData("kubelet: {apiServers: a}", "kubelet.apiServers", "a")]
    [InlineData("kubelet: {requireKubeconfig: true}", "kubelet.requireKubeconfig", "true")]
    [InlineData("kubelet: {allowPrivileged: true}", "kubelet.allowPrivileged", "true")]
    [InlineData("kubeAPIServer: {allowPrivileged: true}", "kubeAPIServer.allowPrivileged", "true")]
    [InlineData("kubeAPIServer: {etcdCertFile: /a}", "kubeAPIServer.etcdCertFile", "/a")]
    [InlineData("kubeAPIServer: {etcdKeyFile: /a}", "kubeAPIServer.etcdKeyFile", "/a")]
    [InlineData("kubeAPIServer: {tlsCertFile: /a}", "kubeAPIServer.tlsCertFile", "/a")]
    [InlineData("kubeAPIServer: {tlsPrivateKeyFile: /a}", "kubeAPIServer.tlsPrivateKeyFile", "/a")]
    [InlineData("kubeAPIServer: {kubeletClientCertificate: /a}", "kubeAPIServer.kubeletClientCertificate", "/a")]
    [InlineData("kubeAPIServer: {kubeletClientKey: /a}", "kubeAPIServer.kubeletClientKey", "/a")]
    [InlineData("kubeAPIServer: {proxyClientCertFile: /a}", "kubeAPIServer.proxyClientCertFile", "/a")]
    [InlineData("kubeAPIServer: {proxyClientKeyFile: /a}", "kubeAPIServer.proxyClientKeyFile", "/a")]
    [InlineData("kubeAPIServer: {basicAuthFile: /a}", "kubeAPIServer.basicAuthFile", "/a")]
    [InlineData("kubeAPIServer: {requestheaderClientCAFile: /a}", "kubeAPIServer.requestheaderClientCAFile", "/a")]
    [InlineData("kubeAPIServer: {experimentalEncryptionProviderConfig: /a}", "kubeAPIServer.experimentalEncryptionProviderConfig", "/a")]
    [InlineData("kubeAPIServer: {etcdQuorumRead: true}", "kubeAPIServer.etcdQuorumRead", "true")]
    [InlineData(
        "kubeAPIServer: {authorizationWebhookCacheUnauthorizedTtl: 1m0s}",
        "kubeAPIServer.authorizationWebhookCacheUnauthorizedTTL",
        "1m0s"
    )]
    [InlineData("kubeAPIServer: {oidcIssuerURL: a}", "authentication.oidc.issuerURL", "a")]
    [InlineData("kubeAPIServer: {oidcUsernameClaim: a}", "authentication.oidc.usernameClaim", "a")]
    [InlineData("kubeAPIServer: {oidcUsernamePrefix: a}", "authentication.oidc.usernamePrefix", "a")]
    [InlineData("kubeAPIServer: {oidcGroupsClaim: 'a,b'}", "authentication.oidc.groupsClaims.1", "b")]
    [InlineData("kubeAPIServer: {oidcGroupsPrefix: a}", "authentication.oidc.groupsPrefix", "a")]
    [InlineData("kubeAPIServer: {oidcRequiredClaim: [a=b]}", "authentication.oidc.requiredClaims.a", "b")]
    [InlineData("kubeControllerManager: {rootCAFile: /a}", "kubeControllerManager.rootCAFile", "/a")]
    [InlineData("kubeControllerManager: {serviceAccountPrivateKeyFile: /a}", "kubeControllerManager.serviceAccountPrivateKeyFile", "/a")]
    [InlineData("kubeProxy: {hostnameOverride: a}", "kubeProxy.hostnameOverride", "a")]
    [InlineData("kubeProxy: {bindAddress: 0.0.0.0}", "kubeProxy.bindAddress", "0.0.0.0")]
    [InlineData("networking: {amazonvpc: {env: [{name: a, value: b}]}}", "networking.amazonVPC.env.0.value", "b")]
    [InlineData("networking: {kuberouter: {}}", "networking.kubeRouter", "an object")]
    [InlineData("networking: {gce: {}}", "networking.gcp", "an object")]
    [InlineData("api: {loadBalancer: {useForInternalApi: true}}", "api.loadBalancer.useForInternalAPI", "true")]
    [InlineData("masterPublicName: a", "api.publicName", "a")]
    [InlineData("additionalSans: [a]", "api.additionalSANs.0", "a")]
    [InlineData("isolateMasters: true", "networking.isolateControlPlane", "true")]
    [InlineData("hooks: [{name: a, roles: [Master]}]", "hooks.0.roles.0", "ControlPlane")]
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

        Assert.Equal(value, found is MappingNode ? "an object" : found?.ToString());
    }
}

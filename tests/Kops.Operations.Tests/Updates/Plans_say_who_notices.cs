using Kops.Operations.Keypairs;
using Kops.Operations.Updates;
using Kops.Vfs;

namespace Kops.Operations.Tests.Updates;

/// <summary>After each kind of edit, a plan names the machines that notice, and the groups that want a rolling update.</summary>
public sealed class Plans_say_who_notices
{
    private const string Cp = UpdatedCluster.ControlPlane;
    private const string A = UpdatedCluster.Nodes;
    private const string B = UpdatedCluster.MoreNodes;
    private const string All = $"{Cp} {A} {B}";
    private const string Nobody = "";

    [Theory]
    [InlineData("spec.kubelet.maxPods=50", All, All)]
    [InlineData("spec.kubelet.evictionHard=memory.available<200Mi", All, All)]
    [InlineData("spec.masterKubelet.maxPods=50", Cp, Cp)]
    [InlineData("spec.kubeAPIServer.serviceNodePortRange=30000-33000", All, All)]
    [InlineData("spec.kubeAPIServer.auditLogMaxAge=7", Cp, Cp)]
    [InlineData("spec.kubeControllerManager.logLevel=4", Cp, Cp)]
    [InlineData("spec.kubeScheduler.logLevel=4", Cp, Cp)]
    [InlineData("spec.kubeScheduler.qps=50", Cp, Cp)]
    [InlineData("spec.additionalSANs=api.example.org", Cp, Cp)]
    [InlineData("spec.etcdClusters[0].manager.logLevel=3", Cp, Cp)]
    [InlineData("spec.etcdClusters[0].cpuRequest=300m", Cp, Cp)]
    [InlineData("spec.etcdClusters[*].version=3.5.9", Cp, Nobody)]
    [InlineData("spec.addons[0].manifest=s3://addons/mine.yaml", Cp, Cp)]
    [InlineData("spec.sysctlParameters=vm.max_map_count=1", All, All)]
    [InlineData("spec.packages=nfs-common", All, All)]
    [InlineData("spec.updatePolicy=external", All, All)]
    [InlineData("spec.ntp.managed=false", All, All)]
    [InlineData("spec.containerd={\"version\":\"2.1.4\",\"runc\":{\"version\":\"1.3.0\"}}", All, All)]
    [InlineData("spec.egressProxy={\"httpProxy\":{\"host\":\"proxy\",\"port\":3128}}", Cp, All)]
    [InlineData("spec.fileAssets=[{\"name\":\"a\",\"path\":\"/a\",\"content\":\"b\"}]", All, All)]
    [InlineData("spec.fileAssets=[{\"name\":\"a\",\"path\":\"/a\",\"content\":\"b\",\"roles\":[\"Node\"]}]", $"{A} {B}", $"{A} {B}")]
    [InlineData("spec.hooks=[{\"name\":\"a\",\"manifest\":\"b\",\"roles\":[\"Master\"]}]", Cp, Cp)]
    [InlineData("spec.sshAccess=10.0.0.0/8", Nobody, Nobody)]
    [InlineData("spec.kubernetesApiAccess=10.0.0.0/8", Nobody, Nobody)]
    [InlineData("spec.cloudLabels.team=a", Nobody, Nobody)]
    public Task An_edit_of_the_cluster(string edit, string noticed, string rolling) => CheckAsync(edit, group: null, noticed, rolling);

    [Theory]
    [InlineData(A, "spec.nodeLabels.a=b", A, A)]
    [InlineData(A, "spec.taints=a=b:NoSchedule", A, A)]
    [InlineData(A, "spec.kubelet.maxPods=20", A, A)]
    [InlineData(A, "spec.sysctlParameters=vm.max_map_count=1", A, A)]
    [InlineData(A, "spec.packages=nfs-common", A, A)]
    [InlineData(A, "spec.updatePolicy=external", A, A)]
    [InlineData(A, "spec.volumeMounts=[{\"device\":\"/dev/xvdd\",\"filesystem\":\"ext4\",\"path\":\"/data\"}]", A, A)]
    [InlineData(A, "spec.hooks=[{\"name\":\"a\",\"manifest\":\"b\"}]", A, A)]
    [InlineData(Cp, "spec.kubelet.maxPods=20", Cp, Cp)]
    [InlineData(Cp, "spec.nodeLabels.a=b", Cp, Cp)]
    [InlineData(A, "spec.machineType=m5.xlarge", Nobody, A)]
    [InlineData(A, "spec.image=ami-12345678", Nobody, A)]
    [InlineData(A, "spec.rootVolumeSize=100", Nobody, A)]
    [InlineData(A, "spec.additionalUserData=[{\"name\":\"a.sh\",\"type\":\"text/x-shellscript\",\"content\":\"true\"}]", Nobody, A)]
    [InlineData(A, "spec.maxSize=9", Nobody, Nobody)]
    [InlineData(A, "spec.minSize=0", Nobody, Nobody)]
    [InlineData(A, "spec.maxInstanceLifetime=24h", Nobody, Nobody)]
    [InlineData(A, "spec.rollingUpdate.maxSurge=2", Nobody, Nobody)]
    public Task An_edit_of_a_group(string group, string edit, string noticed, string rolling) => CheckAsync(edit, group, noticed, rolling);

    [Fact]
    public async Task What_machines_run_first_is_another_with_another_kOps_or_another_certificate_that_they_trust()
    {
        await using var cluster = await UpdatedCluster.CreateAsync();
        await cluster.Session.State.Root.Join(UpdatedCluster.Name, "kops-version.txt").WriteTextAsync("1.36.0", WriteCondition.Any);
        var risen = await cluster.PlanAsync();
        await cluster.UpdateAsync();
        var state = await cluster.Session.ReadClusterAsync(UpdatedCluster.Name);
        foreach (var change in await CreateKeypair.PlanAsync(cluster.Session, state, "kubernetes-ca"))
            await cluster.Session.ApplyAsync(change.Changes);

        var trusted = await cluster.PlanAsync();

        Assert.Equal(All, string.Join(' ', risen.RollingUpdates));
        Assert.Equal(All, string.Join(' ', trusted.RollingUpdates));
    }

    [Fact]
    public async Task A_group_that_is_new_is_for_machines_that_are_and_one_that_is_gone_takes_its_files_along()
    {
        await using var cluster = await UpdatedCluster.CreateAsync();
        await cluster.AddGroupAsync("spare");

        var added = await cluster.PlanAsync();
        await cluster.UpdateAsync();
        await cluster.DeleteGroupAsync("spare");
        var gone = await cluster.PlanAsync();
        await cluster.UpdateAsync();

        Assert.Equal("spare", NoticedBy(added));
        Assert.Empty(added.RollingUpdates);
        Assert.True(added.Edits.Single().IsNew);
        Assert.Equal(Nobody, NoticedBy(gone));
        Assert.Empty(gone.RollingUpdates);
        Assert.True(gone.Edits.Single().IsGone);
        Assert.Null(await cluster.ReadAsync("igconfig", "node", "spare", "nodeupconfig.yaml"));
        Assert.True((await cluster.PlanAsync()).IsEmpty);
    }

    private static async Task CheckAsync(string edit, string? group, string noticed, string rolling)
    {
        await using var cluster = await UpdatedCluster.CreateAsync();
        Assert.True((await cluster.PlanAsync()).IsEmpty);
        await cluster.EditAsync(edit, group);

        var plan = await cluster.PlanAsync();
        await cluster.UpdateAsync();

        Assert.False(plan.IsEmpty);
        Assert.Equal(noticed, NoticedBy(plan));
        Assert.Equal(rolling, string.Join(' ', plan.RollingUpdates));
        Assert.True((await cluster.PlanAsync()).IsEmpty);
    }

    private static string NoticedBy(UpdatePlan plan) =>
        string.Join(
            ' ',
            plan.Effects.Where(effect => effect.By != Noticed.ByNobody)
                .SelectMany(effect => effect.Groups)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
}

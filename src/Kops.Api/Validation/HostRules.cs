using System.Globalization;
using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>What runs on the hosts of a cluster or of one group: hooks, files, containerd, and how they are replaced.</summary>
internal static partial class HostRules
{
    public static void Cluster(ClusterContext cluster) => Check(cluster.Spec, cluster, isControlPlane: false, isGroup: false);

    public static void Group(GroupContext group) => Check(group.Spec, group.Cluster, group.IsControlPlane, isGroup: true);

    private static void Check(Field spec, ClusterContext? cluster, bool isControlPlane, bool isGroup)
    {
        foreach (var hook in spec["hooks"].Items.Where(hook => !hook["disabled"].IsTrue))
            Hook(hook);
        foreach (var file in spec["fileAssets"].Items)
        {
            file["name"].Require("name the file asset");
            file["content"].Require("give the file's content");
        }

        Containerd(spec["containerd"], cluster, isGroup);
        RollingUpdate(spec["rollingUpdate"], isControlPlane);
    }

    private static void Hook(Field hook)
    {
        var (container, manifest, isRaw) = (hook["execContainer"], hook["manifest"], hook["useRawManifest"].IsTrue);
        hook.FailIf(!container.IsSet && manifest.Text is null, "needs manifest or execContainer");
        if (container.IsSet)
            container["image"].Require("name the image to run");
        if (!isRaw)
            return;
        container.Forbid("cannot be used with useRawManifest: use manifest");
        manifest.FailIf(manifest.Text is null, "is required by useRawManifest");
        hook["before"].Forbid("cannot be used with useRawManifest: put it in the manifest");
        hook["requires"].Forbid("cannot be used with useRawManifest: put it in the manifest");
    }

    private static void Containerd(Field containerd, ClusterContext? cluster, bool isGroup)
    {
        var version = containerd["version"];
        var number = Version().Match(version.Text ?? string.Empty);
        version.FailIf(version.Text is not null && !number.Success, $"'{version.Text}' is not a version such as 2.1.4");
        version.FailIf(number.Success && Before(number, 1, 3, 4), $"{version.Text} is too old: the oldest is 1.3.4");
        containerd["nri"]
            ["enabled"]
            .FailIf(containerd["nri"]["enabled"].IsTrue && number.Success && Before(number, 1, 7, 0), "needs containerd 1.7.0 or newer");
        foreach (var arch in new[] { "Amd64", "Arm64" })
        {
            var (url, hash) = (containerd["packages"][$"url{arch}"], containerd["packages"][$"hash{arch}"]);
            url.FailIf(hash.IsSet && !url.IsSet, $"is required by hash{arch}");
            hash.FailIf(url.IsSet && !hash.IsSet, $"is required by url{arch}");
            hash.FailIf(hash.Text?.Length > 64, "must be a SHA-256: 64 hexadecimal digits");
        }

        if (!isGroup)
            containerd["gvisor"].Forbid("is for instance groups: set it there");
        var gpu = containerd["nvidiaGPU"];
        if (!gpu["enabled"].IsTrue || cluster is null)
            return;
        gpu.FailIf(cluster.Cloud.Name is not ("aws" or "openstack"), "is only supported on AWS and OpenStack: remove it");
        gpu.FailIf(cluster.Cloud.Name == "openstack" && !isGroup, "must be set on an instance group on OpenStack");
    }

    private static bool Before(Match version, int major, int minor, int patch)
    {
        return (Part("major"), Part("minor"), Part("patch")).CompareTo((major, minor, patch)) < 0;

        int Part(string group) => int.TryParse(version.Groups[group].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static void RollingUpdate(Field update, bool isControlPlane)
    {
        var unavailable = Share(update["maxUnavailable"]);
        if (!update["maxSurge"].IsSet)
            return;
        var surge = Share(update["maxSurge"]);
        update["maxSurge"].FailIf(isControlPlane && surge > 0, "control-plane groups cannot surge: remove it");
        update["maxSurge"].FailIf(surge == 0 && unavailable == 0, "cannot be 0 while maxUnavailable is 0: nothing could be replaced");
    }

    // A count or a percentage; null when it is neither.
    private static int? Share(Field field)
    {
        if (field.Text is not { } text)
            return null;
        if (
            !CountOrPercent().IsMatch(text)
            || !int.TryParse(text.TrimEnd('%'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        )
        {
            field.Fail($"'{text}' is neither a count, such as 2, nor a percentage, such as 20%");
            return null;
        }

        field.FailIf(number < 0, "cannot be negative");
        return number;
    }

    [GeneratedRegex(
        @"^v?(?<major>\d+)\.(?<minor>\d+)(\.(?<patch>\d+))?([-+~].*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Version();

    [GeneratedRegex(@"^-?\d+%?\z", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex CountOrPercent();
}

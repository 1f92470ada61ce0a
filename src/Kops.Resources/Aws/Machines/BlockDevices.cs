using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Machines;

/// <summary>The disks of a machine: the one it boots from, those that its group asks for, and those that its type comes with.</summary>
internal static class BlockDevices
{
    private const string DefaultType = "gp3";

    public static IEnumerable<Block> Of(AwsGroup group, ImageFact image, int ownDisks)
    {
        yield return Disk(image.RootDevice, Root(group));
        foreach (var volume in group.Spec.Volumes.OrderBy(volume => volume.Device, StringComparer.Ordinal))
            yield return Disk(volume.Device ?? string.Empty, Additional(volume));
        for (var i = 0; i < ownDisks; i++)
            yield return new() { ["device_name"] = $"/dev/sd{(char)('c' + i)}", ["virtual_name"] = $"ephemeral{i}" };
    }

    /// <summary>How many operations a volume can do in a second, where that is chosen; at least what AWS gives for nothing.</summary>
    public static long? Iops(string type, long? wanted) =>
        type switch
        {
            "io1" or "io2" => Math.Max(wanted ?? 0, 100),
            "gp3" => Math.Max(wanted ?? 0, 3000),
            _ => null,
        };

    /// <summary>How many MiB a volume moves in a second, where that is chosen.</summary>
    public static long? Throughput(string type, long? wanted) => type == "gp3" ? Math.Max(wanted ?? 0, 125) : null;

    private static Block Disk(string device, Block volume) => new() { ["device_name"] = device, ["ebs"] = volume };

    private static Block Root(AwsGroup group)
    {
        var spec = group.Spec;
        var type = spec.RootVolumeType is { Length: > 0 } given ? given : DefaultType;
        return new()
        {
            ["delete_on_termination"] = true,
            ["encrypted"] = spec.RootVolumeEncryption ?? true,
            ["iops"] = Iops(type, spec.RootVolumeIops),
            ["kms_key_id"] = spec.RootVolumeEncryption == true ? spec.RootVolumeEncryptionKey : null,
            ["throughput"] = Throughput(type, spec.RootVolumeThroughput),
            ["volume_size"] = spec.RootVolumeSize is > 0 and var size ? size : DefaultSize(group.Role),
            ["volume_type"] = type,
        };
    }

    // kOps has Terraform delete them with the machine, whatever deleteOnTermination says.
    private static Block Additional(VolumeSpec volume)
    {
        var type = volume.Type is { Length: > 0 } given ? given : DefaultType;
        return new()
        {
            ["delete_on_termination"] = true,
            ["encrypted"] = volume.Encrypted ?? true,
            ["iops"] = volume.Iops is { } iops && Iops(type, null) is not null ? iops : Iops(type, null),
            ["kms_key_id"] = volume.Key,
            ["throughput"] = volume.Throughput ?? Throughput(type, null),
            ["volume_size"] = volume.Size,
            ["volume_type"] = type,
        };
    }

    private static long DefaultSize(MachineRole role) =>
        role switch
        {
            MachineRole.Bastion => 32,
            MachineRole.ControlPlane => 64,
            _ => 128,
        };
}

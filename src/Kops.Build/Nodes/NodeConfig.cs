using Kops.Api.Clouds;

namespace Kops.Build.Nodes;

/// <summary>What the machines of an instance group boot from.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Role">Its role.</param>
/// <param name="Content">The file <c>nodeupconfig.yaml</c>.</param>
/// <param name="Boot">What its machines are told with their user data.</param>
public sealed record NodeConfig(string Group, MachineRole Role, ReadOnlyMemory<byte> Content, BootConfig Boot);

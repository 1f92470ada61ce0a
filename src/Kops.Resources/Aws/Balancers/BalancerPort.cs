namespace Kops.Resources.Aws.Balancers;

/// <summary>A port that a load balancer listens at, and the machines behind it.</summary>
/// <param name="Port">The port.</param>
/// <param name="Target">What the group of machines behind it is called: <c>tcp</c>.</param>
internal sealed record BalancerPort(int Port, string Target)
{
    /// <summary>The machines' port where it is another one.</summary>
    public int? TargetPort { get; init; }

    /// <summary>The page that tells whether a machine is well; null to see whether the port is open.</summary>
    public string? HealthPath { get; init; }

    /// <summary>The certificate that it shows; null to pass on what comes.</summary>
    public string? Certificate { get; init; }

    /// <summary>What it allows of TLS, where it shows a certificate.</summary>
    public string? TlsPolicy { get; init; }
}

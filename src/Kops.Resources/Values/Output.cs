namespace Kops.Resources.Values;

/// <summary>What a cluster tells to those who build on it.</summary>
/// <param name="Name">Its name: <c>vpc_id</c>.</param>
/// <param name="Value">Its value.</param>
public sealed record Output(string Name, Value Value);

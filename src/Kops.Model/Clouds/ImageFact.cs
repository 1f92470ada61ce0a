namespace Kops.Model.Clouds;

/// <summary>A machine image.</summary>
/// <param name="Id">The cloud's id for it: <c>ami-12345678</c>.</param>
/// <param name="RootDevice">The device that it boots from: <c>/dev/xvda</c>.</param>
public sealed record ImageFact(string Id, string RootDevice);

namespace Kops.Build;

/// <summary>A file that machines download.</summary>
/// <param name="Canonical">Its address at its makers.</param>
/// <param name="Download">The address from which machines get it.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal digits.</param>
public sealed record FileAsset(string Canonical, string Download, string Sha256);

namespace Kops.Vfs.AzureBlob.Writing;

/// <summary>Blocks that the service has, and that are no object yet.</summary>
/// <param name="Ids">Their ids, in order.</param>
/// <param name="Md5">The MD5 of all.</param>
internal sealed record StagedBlocks(IReadOnlyList<string> Ids, byte[] Md5);

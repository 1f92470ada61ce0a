using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves;

/// <summary>A directory that is copied to its new place, and in the end removed from its old one.</summary>
internal sealed record MoveTree(VfsPath From, VfsPath To);

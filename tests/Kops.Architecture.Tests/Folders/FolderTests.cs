using Kops.Vfs;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Architecture.Tests.Folders;

/// <summary>The folders of a project form no ring, so that each can be read, and changed, with no more than those that it uses.</summary>
public sealed class FolderTests
{
    [Theory]
    [MemberData(nameof(FloorTests.Projects), MemberType = typeof(FloorTests))]
    public void Folders_form_no_ring(string project)
    {
        var graph = FolderGraph.Of(project);
        var found = graph.InRings();

        Assert.True(found.Count == 0, $"{found.Count} folders in rings: {string.Join(", ", found)}\n{graph}");
    }

    [Fact]
    public void A_type_is_in_the_folder_of_its_file()
    {
        var folders = new SourceFolders("Kops.Vfs");

        Assert.Equal("Kops.Vfs.Paths", folders.Of(typeof(VfsPath)));
        Assert.Equal("Kops.Vfs", folders.Of(typeof(ObjectInfo)));
        Assert.Equal("Kops.Vfs.Drivers", folders.Of(typeof(IStoreDriver)));
    }

    [Fact]
    public void A_ring_is_told_with_the_types_that_make_it()
    {
        var graph = new FolderGraph(
            TypeUses.Of(typeof(FolderTests).Assembly).Where(use => use.User.Namespace!.Contains("Example", StringComparison.Ordinal)),
            type => type.Namespace!
        );

        Assert.Equal(["Kops.Architecture.Tests.Folders.Example.Left", "Kops.Architecture.Tests.Folders.Example.Right"], graph.InRings());
        Assert.Equal(
            """
              Kops.Architecture.Tests.Folders.Example.Left -> Kops.Architecture.Tests.Folders.Example.Right (Caller uses Callee)
              Kops.Architecture.Tests.Folders.Example.Right -> Kops.Architecture.Tests.Folders.Example.Left (Holder uses Held)
            """,
            graph.ToString()
        );
    }
}

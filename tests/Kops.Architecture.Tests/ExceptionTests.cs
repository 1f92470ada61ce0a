using Kops.Operations;
using Kops.Vfs;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Requests;
using Xunit;

namespace Kops.Architecture.Tests;

/// <summary>What cannot be done is an exception of one family, so that a program catches one.</summary>
public sealed class ExceptionTests
{
    /// <summary>
    /// What a driver throws at the kit around it, which makes a <see cref="StoreException"/> of it; and a cancellation, which is to be one.
    /// </summary>
    private static readonly Type[] Others = [typeof(ForeignAnswerException), typeof(SignInException), typeof(StoppedException)];

    public static TheoryData<string> LibrariesOnStores() =>
        [
            .. FloorTests
                .Projects()
                .Select(row => row.Data)
                .Where(project =>
                    project is "Kops.StateStore" or "Kops.Operations" || project.StartsWith("Kops.Vfs", StringComparison.Ordinal)
                ),
        ];

    [Theory]
    [MemberData(nameof(LibrariesOnStores))]
    public void Every_exception_of_stores_and_of_what_is_on_top_of_them_is_of_one_family(string library)
    {
        var strangers =
            from type in Repository.Assembly(library).GetExportedTypes()
            where type.IsAssignableTo(typeof(Exception)) && !type.IsAssignableTo(typeof(KopsException)) && !Others.Contains(type)
            select type;

        Assert.Empty(strangers);
    }

    [Fact]
    public void A_store_has_one_exception() =>
        Assert.Equal(
            [typeof(StoreException)],
            FloorTests
                .Projects()
                .Select(row => row.Data)
                .Where(project => project.StartsWith("Kops.Vfs", StringComparison.Ordinal))
                .SelectMany(project => Repository.Assembly(project).GetExportedTypes())
                .Where(type => type.IsSubclassOf(typeof(KopsException)))
        );
}

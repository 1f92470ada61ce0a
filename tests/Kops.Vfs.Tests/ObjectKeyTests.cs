using System.Text;
using CsCheck;
using Xunit;

namespace Kops.Vfs.Tests;

public sealed class ObjectKeyTests
{
    [Fact]
    public void Keys_are_ordered_by_their_UTF8_bytes() =>
        Gen.Select(Keys, Keys)
            .Sample(
                (a, b) =>
                    Math.Sign(ObjectKey.Compare(a, b))
                    == Math.Sign(Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)))
            );

    private static Gen<string> Keys =>
        Gen.OneOf("a", "b", "/", "-", ".", "é", "\uff5e", "\ud7ff", "\ue000", "😀", "🂡").Array[0, 4].Select(string.Concat);
}

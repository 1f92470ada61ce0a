using System.Text;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Xunit;

namespace Kops.Api.Tests.Yaml;

public static class Texts
{
    public static Node Read(string text) => Assert.Single(Documents(text)).Root;

    public static IReadOnlyList<YamlDocument> Documents(string text) => YamlReader.Read(Encoding.UTF8.GetBytes(text), "test.yaml");

    public static InvalidObjectException Refused(string text) => Refused(Encoding.UTF8.GetBytes(text));

    public static InvalidObjectException Refused(byte[] text) =>
        Assert.Throws<InvalidObjectException>(() => YamlReader.Read(text, "test.yaml"));
}

namespace Kops.Model.Clouds;

/// <summary>The accounts of AWS that publish images, by the names that kOps takes for them in <c>OWNER/IMAGE</c>.</summary>
public static class AwsImageOwners
{
    private static readonly Dictionary<string, string> Accounts = new(StringComparer.Ordinal)
    {
        ["amazon"] = "137112412989",
        ["amazon.com"] = "137112412989",
        ["debian10"] = "136693071363",
        ["debian11"] = "136693071363",
        ["flatcar"] = "075585003325",
        ["redhat"] = "309956199498",
        ["redhat.com"] = "309956199498",
        ["ubuntu"] = "099720109477",
    };

    /// <summary>The account that an owner means; the owner itself where it is no such name, but an account.</summary>
    public static string AccountOf(string owner) => Accounts.GetValueOrDefault(owner, owner);
}

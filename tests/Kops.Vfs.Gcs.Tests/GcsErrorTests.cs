using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Gcs.Server.Identity;
using Kops.Vfs.Gcs.Server.Objects;
using Kops.Vfs.Gcs.Tests.Credentials;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Gcs.Tests;

/// <summary>What users are told when something is wrong.</summary>
public sealed class GcsErrorTests(TestServer server) : StoreErrors<GcsErrorTests>, IStoreTroubles
{
    /// <summary>Keys are refused by the token server: see <see cref="Credentials.CredentialTests"/>.</summary>
    public static bool Has(Trouble trouble, string operation) => trouble is Trouble.NoSuchStore or Trouble.Denied;

    [Fact]
    public async Task Where_the_requester_pays_the_project_is_asked_for_and_sent()
    {
        var bucket = server.CreateBucket(new BucketOptions { RequesterPays = true });

        var e = await FailAsync("write", options => options, bucket);
        Assert.Equal((StoreErrorKind.InvalidArgument, false), (e.Kind, e.IsTransient));
        Assert.Contains("KOPS_GS_USER_PROJECT", e.Message, StringComparison.Ordinal);

        await using var driver = server.Open(bucket, options => options with { UserProject = "payer", ChunkSize = 256 * 1024 });
        await driver.PutAsync("key", ObjectBody.FromBytes(new byte[600_000]), WriteCondition.IfAbsent, Token);
        Assert.NotNull(await driver.CopyAsync("key", "copy", WriteCondition.Any, Token));
        Assert.Equal(2, await driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
        Assert.Equal(WriteResult.Done, (await driver.DeleteAsync("key", WriteCondition.Any, Token)).Result);
    }

    [Fact]
    public async Task A_predefined_ACL_is_sent_and_where_access_is_uniform_the_cure_is_named()
    {
        await using (
            var driver = server.Open(
                server.CreateBucket(),
                options => options with { PredefinedAcl = "projectPrivate", ChunkSize = 256 * 1024 }
            )
        )
        {
            Assert.Equal(
                WriteResult.Done,
                (await driver.PutAsync("small", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token)).Result
            );
            Assert.Equal(
                WriteResult.Done,
                (await driver.PutAsync("large", ObjectBody.FromBytes(new byte[600_000]), WriteCondition.Any, Token)).Result
            );
            Assert.Equal(WriteResult.Done, (await driver.CopyAsync("small", "copy", WriteCondition.Any, Token))!.Value.Result);
        }

        var e = await FailAsync(
            "write",
            options => options with { PredefinedAcl = "projectPrivate" },
            server.CreateBucket(new BucketOptions { UniformAccess = true })
        );

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains("unset KOPS_GS_ACL", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_wants_credentials_from_who_has_none_is_named()
    {
        var e = await FailAsync("read", options => options with { Anonymous = true });

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("unset STORAGE_EMULATOR_HOST", e.Message, StringComparison.Ordinal);
    }

    protected override ExpectedError Expect(Trouble trouble, string operation)
    {
        var permission =
            "storage.objects."
            + operation switch
            {
                "write" => "create",
                "delete" => "delete",
                "list" => "list",
                _ => "get",
            };
        return trouble switch
        {
            Trouble.NoSuchStore => new(
                StoreErrorKind.StoreNotFound,
                "the bucket 'kops-no-such-bucket' does not exist on Google Cloud; create it, or correct the name [notFound, HTTP 404, "
                    + "request request-"
            ),
            Trouble.Denied => new(
                StoreErrorKind.PermissionDenied,
                $"other@kops-test.iam.gserviceaccount.com does not have {permission} access",
                $"the credentials need the permission {permission} on the bucket"
            ),
            Trouble.Unreachable => new(StoreErrorKind.Unavailable, "no connection to http://127.0.0.1:1"),
            Trouble.UnknownHost => new(StoreErrorKind.Unavailable, "no-such-host.invalid", "STORAGE_EMULATOR_HOST"),
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        };
    }

    protected override ValueTask<IStoreDriver> OpenAsync(Trouble trouble) =>
        ValueTask.FromResult<IStoreDriver>(
            server.Open(
                trouble is Trouble.NoSuchStore ? "kops-no-such-bucket" : server.CreateBucket(),
                options =>
                    trouble switch
                    {
                        Trouble.Denied => options with
                        {
                            CredentialsFile = server.Write(server.Server.Accounts.Other.KeyFile(server.Server.Address)),
                        },
                        Trouble.Unreachable => options with { Endpoint = new Uri("http://127.0.0.1:1"), MaxRetries = 1 },
                        Trouble.UnknownHost => options with
                        {
                            Endpoint = new Uri("http://no-such-host.invalid"),
                            Anonymous = true,
                            MaxRetries = 0,
                        },
                        _ => options,
                    }
            )
        );

    private async Task<StoreException> FailAsync(string operation, Func<GcsOptions, GcsOptions> change, string? bucket = null)
    {
        await using var driver = server.Open(bucket ?? server.CreateBucket(), change);
        return await FailAsync(driver, operation);
    }
}

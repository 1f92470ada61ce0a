using System.Runtime.CompilerServices;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Microsoft.Data.Sqlite;

namespace SqliteDriver;

/// <summary>A store in one file of SQLite. Each write is one statement, so its condition is checked with it.</summary>
public sealed class SqliteStoreDriver : IStoreDriver
{
    private const string Columns = "key, length(content), version, modified, mark";
    private readonly string _file;
    private readonly TimeProvider _clock;

    public SqliteStoreDriver(string file, TimeProvider clock)
    {
        (_file, _clock) = (file, clock);
        const string Sql = """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS objects (key TEXT PRIMARY KEY, content BLOB, version TEXT, modified INTEGER, mark TEXT)
            """;
        Ask("open", "", Sql, command => command.ExecuteNonQuery());
    }

    public StoreCapabilities Capabilities { get; } =
        new()
        {
            ConditionalCreate = true,
            ConditionalReplace = true,
            ConditionalDelete = true,
            KeepsMarks = true,
            VersionsNameWrites = true,
            MaxObjectBytes = 1_000_000_000,
        };

    public ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        const string Sql = $"SELECT {Columns} FROM objects WHERE key = @key";
        return ValueTask.FromResult(Ask("read", key, Sql, command => Rows(command, InfoOf).FirstOrDefault()));
    }

    public ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        const string Sql = $"SELECT {Columns}, content FROM objects WHERE key = @key";
        ObjectReader Read(SqliteDataReader row) => new(InfoOf(row), new MemoryStream(row.GetFieldValue<byte[]>(5), writable: false));
        return ValueTask.FromResult(Ask("read", key, Sql, command => Rows(command, Read).FirstOrDefault()));
    }

    public async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream();
        await using (var source = await body.OpenAsync(cancellationToken))
            await source.CopyToAsync(content, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var sql = condition.Kind switch
        {
            WriteConditionKind.IfAbsent => "INSERT INTO objects VALUES (@key, @content, @new, @now, @mark) ON CONFLICT DO NOTHING",
            WriteConditionKind.IfMatch =>
                "UPDATE objects SET content = @content, version = @new, modified = @now, mark = @mark WHERE key = @key AND version = @old",
            _ => "INSERT OR REPLACE INTO objects VALUES (@key, @content, @new, @now, @mark)",
        };
        var version = new ObjectVersion(Guid.NewGuid().ToString("N"));
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        (string, object?)[] values = [("@new", version.Value), ("@old", condition.Version.Value), ("@now", now), ("@mark", condition.Mark)];
        var changed = Ask("write", key, sql, command => command.ExecuteNonQuery(), [("@content", content.ToArray()), .. values]);
        return changed == 1 ? WriteOutcome.Written(version) : WriteOutcome.Conflict;
    }

    public ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is WriteConditionKind.IfAbsent)
            throw new ArgumentException("a delete cannot ask for absence", nameof(condition));
        cancellationToken.ThrowIfCancellationRequested();
        const string Sql = "DELETE FROM objects WHERE key = @key AND (@old IS NULL OR version = @old)";
        if (Ask("delete", key, Sql, command => command.ExecuteNonQuery(), ("@old", condition.Version.Value)) == 1)
            return ValueTask.FromResult(WriteOutcome.Deleted);
        var stands = Ask("delete", key, "SELECT 1 FROM objects WHERE key = @key", command => command.ExecuteScalar()) is not null;
        return ValueTask.FromResult(stands && condition.Kind is WriteConditionKind.IfMatch ? WriteOutcome.Conflict : WriteOutcome.Absent);
    }

    public async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // SQLite compares the bytes of UTF-8, which is the order that is asked for. A 0 follows the slash, so all below sorts before it.
        const string Where = "key > @key AND (@end IS NULL OR key < @end)";
        const string Sql = $"SELECT key, length(content), version, modified, NULL FROM objects WHERE {Where} ORDER BY key LIMIT 1000";
        var (after, last, end) = (prefix, string.Empty, prefix.Length == 0 ? null : prefix[..^1] + "0");
        List<ObjectInfo> page;
        do
        {
            await Task.Yield();
            page = Ask("list", after, Sql, command => Rows(command, InfoOf).ToList(), ("@end", end));
            foreach (var info in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var slash = depth is ListDepth.Tree ? -1 : info.Key.IndexOf('/', prefix.Length);
                if (slash < 0)
                    yield return new ListEntry(info.Key, info);
                else if (info.Key[..(slash + 1)] is var common && common != last)
                    yield return new ListEntry(last = common, null);
                after = info.Key;
            }
        } while (page.Count == 1000);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return read(rows);
    }

    private static ObjectInfo InfoOf(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), new(row.GetString(2)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)))
        {
            Mark = row.IsDBNull(4) ? null : row.GetString(4),
        };

    /// <summary>Runs a statement. Connections are pooled, and wait for each other where two write at once.</summary>
    private T Ask<T>(string operation, string key, string sql, Func<SqliteCommand, T> run, params (string Name, object? Value)[] values)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={_file}");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("@key", key);
            foreach (var (name, value) in values)
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            return run(command);
        }
        catch (SqliteException e)
        {
            throw new StoreException(StoreErrorKind.Unavailable, operation, $"{_file}/{key}", e.Message, e.SqliteErrorCode is 5 or 6, e);
        }
    }
}

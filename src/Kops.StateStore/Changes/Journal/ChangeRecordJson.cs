using System.Text.Json;
using Kops.Api.Values;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// The form of a record: JSON, one object, <c>format</c> 2. Times are RFC 3339 in UTC, digests SHA-256 in lower-case hexadecimal digits.
/// Absent values are left out. Files are named by their place in the cluster's layout.
/// </summary>
internal static class ChangeRecordJson
{
    private const int Format = 2;
    private const int MaxFiles = 1_000_000;
    private const int NameDigits = 32;

    public static byte[] Write(ChangeRecord record) =>
        StrictJson.Write(json =>
        {
            json.WriteNumber("format", Format);
            json.WriteString("name", record.Name);
            if (record.Serial > 0)
                json.WriteNumber("serial", record.Serial);
            json.WriteString("cluster", record.Cluster);
            json.WriteString("title", PlainText.Of(record.Title));
            Write(json, record.Author);
            json.WriteString("started", StrictJson.Text(record.Started));
            if (record.Finished is { } finished)
                json.WriteString("finished", StrictJson.Text(finished));
            json.WriteString("outcome", StrictJson.Text(record.Outcome));
            if (record.IsBegun)
                json.WriteBoolean("begun", true);
            if (record.Streams)
                json.WriteBoolean("streams", true);
            Optional(json, "undoes", record.Undoes);
            Optional(json, "recoveredBy", record.RecoveredBy);
            Optional(json, "madeIn", record.MadeIn);
            if (record.Decision is { } decision)
                json.WriteString("decision", StrictJson.Text(decision));
            if (record.Lease is { } lease)
                Write(json, lease);
            json.WriteStartArray("files");
            foreach (var file in record.Files)
                Write(json, file);
            json.WriteEndArray();
            if (record.Remaining.Count > 0)
            {
                json.WriteStartArray("remaining");
                foreach (var path in record.Remaining)
                    json.WriteStringValue(PlainText.Of(path));
                json.WriteEndArray();
            }
        });

    /// <param name="file">The file.</param>
    /// <param name="cluster">The cluster whose record it is, by the name of its file: it can speak of no other.</param>
    /// <param name="source">Its place, for messages.</param>
    /// <exception cref="StateStoreException">The file is not a record of a format that this program knows.</exception>
    public static ChangeRecord Read(ReadOnlyMemory<byte> file, string cluster, string source) =>
        StrictJson.Read(file, source, "record of a change", Format, json => Read(json, cluster));

    /// <summary>Who did it, the same in every record.</summary>
    public static void Write(Utf8JsonWriter json, ChangeAuthor author)
    {
        json.WriteString("user", PlainText.Of(author.User));
        json.WriteString("host", PlainText.Of(author.Host));
        json.WriteString("command", PlainText.Of(author.Command));
        json.WriteString("program", PlainText.Of(author.Program));
    }

    public static ChangeAuthor ReadAuthor(StrictJson json) =>
        new(json.Text("user"), json.Text("host"), json.Text("command"), json.Text("program"));

    private static ChangeRecord Read(StrictJson json, string cluster)
    {
        if (json.Text("cluster") != cluster)
            throw new FormatException($"it speaks of another cluster than {PlainText.Of(cluster)}, whose file it is");
        var record = new ChangeRecord
        {
            Name = json.Hexadecimal("name", NameDigits) ?? throw new FormatException("it has no field 'name'"),
            Serial = json.OptionalNumber("serial", 1, ChangeReference.MaxSerial) ?? 0,
            Cluster = cluster,
            Title = json.Text("title"),
            Author = ReadAuthor(json),
            Started = json.Time("started"),
            Finished = json.OptionalTime("finished"),
            Outcome = json.Value<ChangeOutcome>("outcome"),
            Undoes = json.Optional("undoes"),
            RecoveredBy = json.Optional("recoveredBy"),
            MadeIn = json.Optional("madeIn"),
            Decision = json.OptionalValue<Decision>("decision"),
            Lease = json.Optional("lease", ReadLease),
            Files = json.List("files", MaxFiles, file => ReadFile(file, cluster)),
            IsBegun = json.Flag("begun"),
            Streams = json.Flag("streams"),
            Remaining = json.Texts("remaining", MaxFiles),
        };
        if (record.Outcome is not ChangeOutcome.Pending && (record.Serial == 0 || record.Finished is null))
            throw new FormatException("it has ended, and has no number or no time of its end");
        if (record.Files.DistinctBy(file => file.Address).Count() != record.Files.Count)
            throw new FormatException("it names a file twice");
        return record;
    }

    private static void Write(Utf8JsonWriter json, Lease lease)
    {
        json.WriteStartObject("lease");
        json.WriteString("holder", PlainText.Of(lease.Holder));
        json.WriteString("machine", lease.Process.Machine);
        json.WriteNumber("processId", lease.Process.ProcessId);
        json.WriteString("processStarted", lease.Process.Started);
        json.WriteString("token", lease.Token);
        json.WriteNumber("beat", lease.Beat);
        json.WriteEndObject();
    }

    private static Lease ReadLease(StrictJson json) =>
        new(
            json.Text("holder"),
            new ProcessIdentity(json.Text("machine"), json.Number("processId", 0), json.Text("processStarted")),
            json.Text("token"),
            json.Number("beat", 0)
        );

    private static void Write(Utf8JsonWriter json, RecordedFile file)
    {
        json.WriteStartObject();
        json.WriteString("change", StrictJson.Text(file.Kind));
        json.WriteString("place", file.Address.Place);
        json.WriteString("key", file.Address.Key);
        json.WriteString("secrecy", StrictJson.Text(file.Secrecy));
        Optional(json, "beforeVersion", file.BeforeVersion);
        Optional(json, "beforeSha256", file.BeforeSha256);
        Optional(json, "afterSha256", file.AfterSha256);
        if (file.IsConfirmed)
            json.WriteBoolean("confirmed", true);
        Optional(json, "afterVersion", file.AfterVersion);
        json.WriteEndObject();
    }

    private static RecordedFile ReadFile(StrictJson json, string cluster)
    {
        var file = new RecordedFile
        {
            Cluster = cluster,
            Kind = json.Value<FileChangeKind>("change"),
            Address = ReadAddress(json),
            Secrecy = json.Value<FileSecrecy>("secrecy"),
            BeforeVersion = json.Optional("beforeVersion"),
            BeforeSha256 = json.Digest("beforeSha256"),
            AfterSha256 = json.Digest("afterSha256"),
            IsConfirmed = json.Flag("confirmed"),
            AfterVersion = json.Optional("afterVersion"),
        };
        if (file.AfterSha256 is null != (file.Kind is FileChangeKind.Delete))
            throw new FormatException("a file has a content after exactly when it is not deleted");
        if (file.Kind is FileChangeKind.Create && (file.BeforeSha256 ?? file.BeforeVersion) is not null)
            throw new FormatException("a file that is created has nothing before");
        if (file.Kind is FileChangeKind.Replace && file.BeforeSha256 is null)
            throw new FormatException("a file that is replaced has a content before");
        return file.Secrecy is FileSecrecy.Opaque && file.Kind is not FileChangeKind.Delete
            ? throw new FormatException("what is opaque is only ever deleted")
            : file;
    }

    private static FileAddress ReadAddress(StrictJson json)
    {
        var address = new FileAddress(json.Text("place"), json.Text("key"));
        if (!FileAddress.IsPlace(address.Place))
            throw new FormatException($"'{address.Place}' is no place of a cluster");
        return ObjectKey.Validate(address.Key) is { } problem ? throw new FormatException(problem) : address;
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}

namespace Kops.Cli.Hosting;

/// <summary>Standard input, opened when somebody reads it: most commands never do.</summary>
internal sealed class LazyReader(Func<TextReader> open) : TextReader
{
    private readonly Lazy<TextReader> _reader = new(open);

    public override int Peek() => _reader.Value.Peek();

    public override int Read() => _reader.Value.Read();

    public override int Read(char[] buffer, int index, int count) => _reader.Value.Read(buffer, index, count);

    public override string ReadToEnd() => _reader.Value.ReadToEnd();

    public override Task<string> ReadToEndAsync() => _reader.Value.ReadToEndAsync();

    public override Task<string> ReadToEndAsync(CancellationToken cancellationToken) => _reader.Value.ReadToEndAsync(cancellationToken);

    public override string? ReadLine() => _reader.Value.ReadLine();
}

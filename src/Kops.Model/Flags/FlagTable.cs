using System.Globalization;

namespace Kops.Model.Flags;

/// <summary>Makes flag definitions, one factory for each kind, so that a table of flags reads as a table.</summary>
internal static class FlagTable<TFlags>
    where TFlags : class
{
    public delegate TFlags Assign<in TValue>(TFlags flags, TValue value);

    public static FlagDefinition<TFlags> Text(
        string name,
        string help,
        string lands,
        Func<TFlags, string?> read,
        Assign<string> assign,
        Extra? extra = null
    ) =>
        Make(
            name,
            FlagKind.Text,
            help,
            lands,
            extra,
            (flags, _, values) => assign(flags, values[^1]),
            flags => read(flags) is { } text ? [text] : null
        );

    public static FlagDefinition<TFlags> List(
        string name,
        string help,
        string lands,
        Func<TFlags, IReadOnlyList<string>?> read,
        Assign<IReadOnlyList<string>> assign,
        Extra? extra = null
    ) =>
        Make(
            name,
            FlagKind.List,
            help,
            lands,
            extra,
            (flags, flag, values) => assign(flags, [.. values.SelectMany(text => FlagValues.List(flag, text, extra?.IsLazy ?? false))]),
            read
        );

    public static FlagDefinition<TFlags> Integer(
        string name,
        string help,
        string lands,
        Func<TFlags, int?> read,
        Assign<int> assign,
        Extra? extra = null
    ) =>
        Make(
            name,
            FlagKind.Integer,
            help,
            lands,
            extra,
            (flags, flag, values) => assign(flags, FlagValues.Integer(flag, values[^1])),
            flags => read(flags) is { } number ? [number.ToString(CultureInfo.InvariantCulture)] : null
        );

    public static FlagDefinition<TFlags> Switch(
        string name,
        string help,
        string lands,
        Func<TFlags, bool?> read,
        Assign<bool> assign,
        Extra? extra = null
    ) =>
        Make(
            name,
            FlagKind.Switch,
            help,
            lands,
            extra,
            (flags, flag, values) => assign(flags, FlagValues.Boolean(flag, values[^1])),
            flags => read(flags) is { } value ? [value ? "true" : "false"] : null
        );

    private static FlagDefinition<TFlags> Make(
        string name,
        FlagKind kind,
        string help,
        string lands,
        Extra? extra,
        Func<TFlags, string, IReadOnlyList<string>, TFlags> assign,
        Func<TFlags, IReadOnlyList<string>?> read
    ) =>
        new(name, kind, help, assign, read)
        {
            Lands = lands,
            Short = extra?.Short,
            Default = extra?.Default,
            Aliases = extra?.Aliases ?? [],
            Deprecated = extra?.Deprecated,
            Feature = extra?.Feature,
            Choices = extra?.Choices ?? [],
            Clouds = extra?.Clouds ?? [],
            IsCommon = extra?.IsCommon ?? false,
        };

    /// <summary>What only some flags have.</summary>
    public sealed record Extra
    {
        public string? Short { get; init; }

        public string? Default { get; init; }

        public string[] Aliases { get; init; } = [];

        public string? Deprecated { get; init; }

        public string? Feature { get; init; }

        public string[] Choices { get; init; } = [];

        public string[] Clouds { get; init; } = [];

        /// <summary>Whether help names the flag first.</summary>
        public bool IsCommon { get; init; }

        /// <summary>Whether quotes within an item are plain characters, as for <c>--set</c>.</summary>
        public bool IsLazy { get; init; }
    }
}

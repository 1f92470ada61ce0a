using System.Globalization;
using Kops.Api.Documents;
using Kops.Api.Values;

namespace Kops.Api.Schema;

/// <summary>Scalars of the schema's kinds: what each accepts, and the one form in which kOps writes it.</summary>
internal static class FieldScalar
{
    /// <summary>The scalar in canonical form, the same one where it is that already; null when the kind does not accept it.</summary>
    public static ScalarNode? Canonical(FieldKind kind, ScalarNode scalar) =>
        kind switch
        {
            FieldKind.Text => scalar.Kind == ScalarKind.Text ? scalar : null,
            FieldKind.Boolean => scalar.Kind == ScalarKind.Boolean ? scalar : null,
            FieldKind.Int32 => scalar.Kind == ScalarKind.Integer
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? scalar
                : null,
            FieldKind.Int64 => scalar.Kind == ScalarKind.Integer
            && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? scalar
                : null,
            FieldKind.Float => scalar.Kind is ScalarKind.Integer or ScalarKind.Float ? scalar : null,
            FieldKind.IntOrString => scalar.Kind == ScalarKind.Text ? scalar : Canonical(FieldKind.Int32, scalar),
            FieldKind.Quantity when scalar.Kind is ScalarKind.Text or ScalarKind.Integer or ScalarKind.Float => Text(
                scalar,
                Quantity.Canonical(scalar.Text)
            ),
            FieldKind.Duration when scalar.Kind == ScalarKind.Text && GoDuration.TryParse(scalar.Text, out var duration) => Text(
                scalar,
                GoDuration.Format(duration)
            ),
            FieldKind.Time when scalar.Kind == ScalarKind.Text && GoTime.TryParse(scalar.Text, out var time) => Text(
                scalar,
                GoTime.Format(time)
            ),
            FieldKind.Bytes when scalar.Kind == ScalarKind.Text => Text(scalar, Base64(scalar.Text)),
            _ => null,
        };

    /// <summary>Whether Go leaves the value out of a field that may be left out.</summary>
    public static bool IsZero(FieldKind kind, ScalarNode scalar) =>
        kind switch
        {
            FieldKind.Text or FieldKind.Bytes => scalar.Text.Length == 0,
            FieldKind.Boolean => scalar.Text == "false",
            FieldKind.Int32 or FieldKind.Int64 or FieldKind.Float => scalar.Text == "0",
            _ => false,
        };

    /// <summary>What the kind accepts, for messages.</summary>
    public static string Expected(FieldKind kind) =>
        kind switch
        {
            FieldKind.Text => "text",
            FieldKind.Boolean => "true or false",
            FieldKind.Int32 => "a whole number of 32 bits",
            FieldKind.Int64 => "a whole number",
            FieldKind.Float => "a number",
            FieldKind.IntOrString => "a whole number or text",
            FieldKind.Quantity => "a quantity such as 100m or 1Gi",
            FieldKind.Duration => "a duration such as 90s or 1h30m",
            FieldKind.Time => "a time such as 2006-01-02T15:04:05Z",
            FieldKind.Bytes => "base64",
            FieldKind.List => "a list",
            _ => "a mapping",
        };

    private static ScalarNode? Text(ScalarNode scalar, string? text)
    {
        if (text is null)
            return null;
        return scalar.Kind == ScalarKind.Text && scalar.Text == text ? scalar : new(ScalarKind.Text, text) { Position = scalar.Position };
    }

    private static string? Base64(string text)
    {
        if (text.AsSpan().ContainsAny(' ', '\t'))
            return null;
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Convert.ToBase64String(bytes.AsSpan(0, length)) : null;
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;

namespace Gateway.Velocity;

/// <summary>Java's <c>toString()</c> of the values that a template holds.</summary>
public static class JavaText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool truth => truth ? "true" : "false",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        BigInteger big => big.ToString(CultureInfo.InvariantCulture),
        double fraction => OfDouble(fraction),
        List<object?> list => "[" + string.Join(", ", list.Select(Of)) + "]",
        VelocityMap map => "{" + string.Join(", ", map.Select(entry => $"{entry.Key}={Of(entry.Value)}")) + "}",
        _ => value.ToString() ?? "",
    };

    /// <summary>At least one digit behind the point; an exponent below 0.001 and from ten million on.</summary>
    private static string OfDouble(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        var magnitude = Math.Abs(value);
        if (magnitude is 0 or (>= 1e-3 and < 1e7))
        {
            var plain = ((decimal)value).ToString(CultureInfo.InvariantCulture);
            var exact = value.ToString("R", CultureInfo.InvariantCulture);
            if (!exact.Contains('E', StringComparison.Ordinal)) plain = exact;
            return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }

        return Scientific(value.ToString("E16", CultureInfo.InvariantCulture), value);
    }

    private static string Scientific(string fallback, double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        var (digits, exponent) = at < 0 ? (text, 0) : (text[..at], int.Parse(text[(at + 1)..], CultureInfo.InvariantCulture));
        var negative = digits.StartsWith('-');
        digits = digits.TrimStart('-');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? digits.Length : point) - 1;
        var all = digits.Replace(".", "", StringComparison.Ordinal);
        var leadingZeros = all.Length - all.TrimStart('0').Length;
        all = all.TrimStart('0').TrimEnd('0');
        if (all.Length == 0) return fallback;
        var result = new StringBuilder(negative ? "-" : "").Append(all[0]).Append('.').Append(all.Length > 1 ? all[1..] : "0");
        return result.Append('E').Append(exponent - leadingZeros).ToString();
    }
}

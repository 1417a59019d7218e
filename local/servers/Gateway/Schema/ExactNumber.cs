using System.Globalization;
using System.Numerics;

namespace Gateway.Schema;

/// <summary>A JSON number without rounding: digits and a power of ten.</summary>
internal readonly record struct ExactNumber(BigInteger Digits, long Exponent) : IComparable<ExactNumber>
{
    /// <summary>Beyond this many places two numbers are told apart by their magnitude, not by writing all zeros out.</summary>
    private const int MaxShift = 2000;

    public static ExactNumber Parse(string text)
    {
        var e = text.IndexOfAny(['e', 'E']);
        var mantissa = e < 0 ? text : text[..e];
        var exponent = e < 0 ? 0 : Clamp(text[(e + 1)..]);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0) exponent -= mantissa.Length - point - 1;
        var digits = BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return new ExactNumber(digits, digits.IsZero ? 0 : exponent);
    }

    /// <summary>Draft 4 takes for an integer what is written as one: 1, but not 1.0 nor 1e0.</summary>
    public static bool IsInteger(string text) => text.AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    public int CompareTo(ExactNumber other)
    {
        if (Digits.Sign != other.Digits.Sign) return Digits.Sign.CompareTo(other.Digits.Sign);
        var shift = Exponent - other.Exponent;
        if (Math.Abs(shift) <= MaxShift) return Scaled(shift).CompareTo(other.Scaled(-shift));
        return Magnitude.CompareTo(other.Magnitude) * Digits.Sign;
    }

    /// <summary>Whether this is a whole number of times <paramref name="unit"/>.</summary>
    public bool IsMultipleOf(ExactNumber unit)
    {
        var shift = Exponent - unit.Exponent;
        return Math.Abs(shift) <= MaxShift && !unit.Digits.IsZero && (Scaled(shift) % unit.Scaled(-shift)).IsZero;
    }

    private long Magnitude => Exponent + BigInteger.Abs(Digits).ToString(CultureInfo.InvariantCulture).Length;

    private BigInteger Scaled(long shift) => shift > 0 ? Digits * BigInteger.Pow(10, (int)shift) : Digits;

    private static long Clamp(string exponent)
        => long.TryParse(exponent, CultureInfo.InvariantCulture, out var value) ? Math.Clamp(value, -1_000_000_000, 1_000_000_000)
            : exponent.StartsWith('-') ? -1_000_000_000 : 1_000_000_000;
}

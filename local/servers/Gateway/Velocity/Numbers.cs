using System.Globalization;
using System.Numerics;

namespace Gateway.Velocity;

/// <summary>Arithmetic as Velocity has it: integers stay integers and grow where they must; one fraction makes all of it one.</summary>
internal static class Numbers
{
    public static bool IsNumber(object? value) => value is long or double or BigInteger;

    /// <summary>The smallest type that holds the value.</summary>
    public static object Shrink(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    public static double ToDouble(object value) => value switch
    {
        long whole => whole,
        BigInteger big => (double)big,
        _ => (double)value,
    };

    public static BigInteger ToBig(object value) => value is long whole ? whole : (BigInteger)value;

    public static bool IsZero(object? value) => value is 0L or 0d;

    /// <summary>The result; null where an operand is no number.</summary>
    public static object? Apply(
        object? left, object? right, Func<BigInteger, BigInteger, BigInteger> ofIntegers, Func<double, double, double> ofFractions)
    {
        if (!IsNumber(left) || !IsNumber(right)) return null;
        return left is double || right is double ? ofFractions(ToDouble(left!), ToDouble(right!)) : Shrink(ofIntegers(ToBig(left!), ToBig(right!)));
    }

    public static int Compare(object left, object right)
        => left is double || right is double ? ToDouble(left).CompareTo(ToDouble(right)) : ToBig(left).CompareTo(ToBig(right));
}

/// <summary>Operators that take values of any kind.</summary>
internal static class Values
{
    public static object? Add(object? left, object? right) => left is string || right is string
        ? JavaText.Of(left) + JavaText.Of(right) : Numbers.Apply(left, right, BigInteger.Add, (a, b) => a + b);

    public static object? Subtract(object? left, object? right) => Numbers.Apply(left, right, BigInteger.Subtract, (a, b) => a - b);

    /// <summary>Numbers by value, equal kinds as they are, different kinds by their text.</summary>
    public static bool AreEqual(object? left, object? right)
    {
        if (left is null || right is null) return left is null && right is null;
        return Order(left, right) is { } order ? order == 0 : string.Equals(JavaText.Of(left), JavaText.Of(right), StringComparison.Ordinal);
    }

    /// <summary>Only numbers have an order here: null, with which every comparison is false, between other kinds.</summary>
    public static int? Order(object? left, object? right)
        => Numbers.IsNumber(left) && Numbers.IsNumber(right) ? Numbers.Compare(left!, right!) : null;
}

/// <summary>Java's <c>toString()</c> of the values that a template holds.</summary>
internal static class JavaText
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
        // The shortest digits that are this number.
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(value) is 0 or (>= 1e-3 and < 1e7)) return digits.Contains('.', StringComparison.Ordinal) ? digits : digits + ".0";
        var decimals = Math.Max(1, digits.Split('E')[0].Count(char.IsAsciiDigit) - 1);
        var scientific = value.ToString($"E{decimals}", CultureInfo.InvariantCulture).Split('E');
        var mantissa = scientific[0].TrimEnd('0');
        return $"{mantissa}{(mantissa[^1] == '.' ? "0" : "")}E{int.Parse(scientific[1], CultureInfo.InvariantCulture)}";
    }
}

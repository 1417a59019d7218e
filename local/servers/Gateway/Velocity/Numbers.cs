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

    /// <summary>The result; null where an operand is no number, or the divisor zero.</summary>
    public static object? Apply(Operator applied, object? left, object? right)
    {
        if (!IsNumber(left) || !IsNumber(right)) return null;
        if (left is double || right is double) return ApplyFractions(applied, ToDouble(left!), ToDouble(right!));
        return ApplyIntegers(applied, ToBig(left!), ToBig(right!));
    }

    public static int Compare(object left, object right)
        => left is double || right is double ? ToDouble(left).CompareTo(ToDouble(right)) : ToBig(left).CompareTo(ToBig(right));

    private static object? ApplyIntegers(Operator applied, BigInteger left, BigInteger right) => applied switch
    {
        Operator.Add => Shrink(left + right),
        Operator.Subtract => Shrink(left - right),
        Operator.Multiply => Shrink(left * right),
        Operator.Divide when !right.IsZero => Shrink(left / right),
        Operator.Remainder when !right.IsZero => Shrink(left % right),
        _ => null,
    };

    private static object? ApplyFractions(Operator applied, double left, double right) => applied switch
    {
        Operator.Add => left + right,
        Operator.Subtract => left - right,
        Operator.Multiply => left * right,
        Operator.Divide when right != 0 => left / right,
        Operator.Remainder when right != 0 => left % right,
        _ => null,
    };
}

/// <summary>Operators that take values of any kind.</summary>
internal static class Operators
{
    public static object? Apply(Operator applied, object? left, object? right) => applied switch
    {
        Operator.Equal => AreEqual(left, right),
        Operator.NotEqual => !AreEqual(left, right),
        Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual => Compare(applied, left, right),
        Operator.Add when left is string || right is string => JavaText.Of(left) + JavaText.Of(right),
        _ => Numbers.Apply(applied, left, right),
    };

    /// <summary>Numbers by value, equal kinds as they are, different kinds by their text.</summary>
    public static bool AreEqual(object? left, object? right)
    {
        if (left is null || right is null) return left is null && right is null;
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right)) return Numbers.Compare(left, right) == 0;
        return string.Equals(JavaText.Of(left), JavaText.Of(right), StringComparison.Ordinal);
    }

    /// <summary>Only numbers have an order here; between other kinds every comparison is false.</summary>
    private static bool Compare(Operator applied, object? left, object? right)
    {
        if (!Numbers.IsNumber(left) || !Numbers.IsNumber(right)) return false;
        var order = Numbers.Compare(left!, right!);
        return applied switch
        {
            Operator.Less => order < 0,
            Operator.LessOrEqual => order <= 0,
            Operator.Greater => order > 0,
            _ => order >= 0,
        };
    }
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

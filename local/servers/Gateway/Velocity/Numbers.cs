using System.Globalization;
using System.Numerics;
using System.Text;

namespace Gateway.Velocity;

/// <summary>Arithmetic as Velocity has it: integers stay integers and grow where they must; one fraction makes all of it one.</summary>
internal static class Numbers
{
    /// <summary>Bits of the largest integer: more than any template counts to, less than what takes long to multiply.</summary>
    private const long MaxBits = 16_384;

    public static bool IsNumber(object? value) => value is long or double or BigInteger;

    /// <summary>The smallest type that holds the value.</summary>
    /// <exception cref="VelocityException">It is larger than any template needs.</exception>
    public static object Shrink(BigInteger value) => value.GetBitLength() > MaxBits ? throw new VelocityException($"An integer has more than {MaxBits} bits.") : value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

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
    /// <summary>Longest text of a value, in characters: as long as all of the output may be.</summary>
    public const int MaxLength = 10 * 1024 * 1024;

    /// <summary>Deeper than the deepest JSON that is parsed, shallow enough for the stack: a collection may hold itself.</summary>
    public const int MaxDepth = 1100;

    /// <exception cref="VelocityException">It is too long or too deep.</exception>
    public static string Of(object? value)
    {
        if (value is not (List<object?> or VelocityMap)) return OfScalar(value);
        var output = new StringBuilder();
        Write(value, output, 0);
        return output.ToString();
    }

    /// <summary>What has been written must not be longer, nor deeper, than texts may be.</summary>
    public static void Check(StringBuilder written, int depth)
    {
        if (written.Length > MaxLength) throw new VelocityException($"A text is longer than {MaxLength} characters.");
        if (depth > MaxDepth) throw new VelocityException($"A value has more than {MaxDepth} levels, or holds itself.");
    }

    private static void Write(object? value, StringBuilder output, int depth)
    {
        Check(output, depth);
        var separator = "";
        if (value is List<object?> list)
        {
            output.Append('[');
            foreach (var item in list)
            {
                Write(item, output.Append(separator), depth + 1);
                separator = ", ";
            }

            output.Append(']');
        }
        else if (value is VelocityMap map)
        {
            output.Append('{');
            foreach (var (key, item) in map)
            {
                Write(item, output.Append(separator).Append(key).Append('='), depth + 1);
                separator = ", ";
            }

            output.Append('}');
        }
        else output.Append(OfScalar(value));
    }

    private static string OfScalar(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool truth => truth ? "true" : "false",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        BigInteger big => big.ToString(CultureInfo.InvariantCulture),
        double fraction => OfDouble(fraction),
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

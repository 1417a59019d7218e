using System.Globalization;
using System.Text;

namespace Sqs.Engine;

/// <summary>Checks message attributes as SQS does and gives them the form in which they are kept.</summary>
internal static class AttributeValidation
{
    private const int MaximumAttributes = 10;
    private const int MaximumNameLength = 256;

    /// <returns>Ascending by name.</returns>
    /// <exception cref="SqsException">With SQS's reason.</exception>
    public static MessageAttribute[] Check(Dictionary<string, AttributeInput?>? inputs)
    {
        if (inputs is null or { Count: 0 }) return [];
        if (inputs.Count > MaximumAttributes)
            throw Invalid($"Number of message attributes [{inputs.Count}] exceeds the allowed maximum [{MaximumAttributes}].");
        return [.. inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Where(input => input.Value is not null).Select(
            input => Check(input.Key, input.Value!))];
    }

    /// <returns>The value of AWSTraceHeader, the only system attribute that a sender may give, or null.</returns>
    public static string? CheckSystem(Dictionary<string, AttributeInput?>? inputs)
    {
        if (inputs is null or { Count: 0 }) return null;
        if (inputs.Keys.FirstOrDefault(name => name != "AWSTraceHeader") is { } other)
            throw Invalid($"Message system attribute name '{other}' is invalid: only AWSTraceHeader is supported.");
        return inputs["AWSTraceHeader"] is { DataType: "String", StringValue: { Length: > 0 } text } && MessageText.IsLegal(Encoding.UTF8.GetBytes(text))
            ? text
            : throw Invalid("The message system attribute 'AWSTraceHeader' must contain a non-empty message attribute value of type String.");
    }

    private static MessageAttribute Check(string name, AttributeInput input)
    {
        CheckName(name);
        CheckType(name, input.DataType);
        var isBinary = input.DataType!.StartsWith("Binary", StringComparison.Ordinal);
        if (input.StringListValues is { Length: > 0 } || input.BinaryListValues is { Length: > 0 })
            throw SqsError.UnsupportedOperation.With("Message attribute list values in SendMessage operation are not supported.");
        var value = isBinary ? input.BinaryValue ?? [] : Encoding.UTF8.GetBytes(input.StringValue ?? "");
        if (value.Length == 0)
        {
            throw Invalid((isBinary ? input.StringValue?.Length : input.BinaryValue?.Length) > 0
                ? $"The message attribute '{name}' with type '{input.DataType}' must use field '{(isBinary ? "Binary" : "String")}'."
                : $"Message (user) attribute '{name}' must contain a non-empty value of type '{input.DataType}'.");
        }

        if (!isBinary && !MessageText.IsLegal(value))
            throw Invalid($"The value of message (user) attribute '{name}' contains characters that are not allowed: valid are #x9 | #xA | #xD | #x20 "
                + "to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
        if (IsType(input.DataType, "Number") && !IsNumber(value))
            throw Invalid($"Can't cast the value of message (user) attribute '{name}' to a number.");
        return new MessageAttribute(name, input.DataType, value);
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0) throw Invalid("The request must contain non-empty message (user) attribute names.");
        if (name.Length > MaximumNameLength)
            throw Invalid($"Message (user) attribute name must be shorter than {MaximumNameLength} bytes.");
        if (name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase))
            throw Invalid("You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use.");
        if (name[0] == '.' || name[^1] == '.' || name.Contains("..", StringComparison.Ordinal) || !name.All(IsNameCharacter))
            throw Invalid($"The message attribute name '{name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and "
                + "period (.) characters.");
    }

    /// <summary>Beyond what its documentation says, SQS takes the Latin letters with accents too.</summary>
    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or (>= '\u00C0' and <= '\u017F');

    private static void CheckType(string name, string? type)
    {
        if (string.IsNullOrEmpty(type))
            throw Invalid($"The message attribute '{name}' must contain a non-empty message attribute type.");
        if (!IsType(type, "String") && !IsType(type, "Number") && !IsType(type, "Binary"))
            throw Invalid($"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, "
                + "Number, and String.");
        if (type.Length > MaximumNameLength)
            throw Invalid($"The type of message (user) attribute '{name}' must be shorter than {MaximumNameLength} bytes.");
    }

    /// <summary>A type is one of the three, alone or with a custom label after a dot.</summary>
    private static bool IsType(string type, string basic)
        => type.StartsWith(basic, StringComparison.Ordinal) && (type.Length == basic.Length || type[basic.Length] == '.');

    private static bool IsNumber(byte[] value)
        => double.TryParse(Encoding.UTF8.GetString(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static SqsException Invalid(string message) => new(SqsError.InvalidParameterValue, message);
}

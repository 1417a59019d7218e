using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a parameter is where nobody gave it.</summary>
public abstract class ParameterDefault
{
    public abstract void WriteToManifest(ManifestPublishingContext context);

    public abstract string GetDefaultValue();
}

/// <summary>A random default.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LowerLetters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperLetters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Specials = "-_.{}~()*+!";

    public int MinLength { get; set; }

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        var characters = new List<char>();
        var alphabet = "";
        Add(LowerLetters, Lower, MinLower);
        Add(UpperLetters, Upper, MinUpper);
        Add(Digits, Numeric, MinNumeric);
        Add(Specials, Special, MinSpecial);
        if (alphabet.Length == 0)
            throw new InvalidOperationException("A generated parameter needs at least one class of characters.");

        while (characters.Count < MinLength)
            characters.Add(alphabet[RandomNumberGenerator.GetInt32(alphabet.Length)]);
        var result = characters.ToArray();
        RandomNumberGenerator.Shuffle(result.AsSpan());
        return new string(result);

        void Add(string set, bool use, int atLeast)
        {
            if (!use)
                return;
            alphabet += set;
            for (var i = 0; i < atLeast; i++)
                characters.Add(set[RandomNumberGenerator.GetInt32(set.Length)]);
        }
    }

    public override void WriteToManifest(ManifestPublishingContext context)
    {
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        WriteWhere("lower", Lower);
        WriteWhere("upper", Upper);
        WriteWhere("numeric", Numeric);
        WriteWhere("special", Special);
        WriteCount("minLower", MinLower);
        WriteCount("minUpper", MinUpper);
        WriteCount("minNumeric", MinNumeric);
        WriteCount("minSpecial", MinSpecial);
        writer.WriteEndObject();

        // A class of characters is in unless it is said to be out, and needs no minimum.
        void WriteWhere(string name, bool use)
        {
            if (!use)
                writer.WriteBoolean(name, value: false);
        }

        void WriteCount(string name, int count)
        {
            if (count > 0)
                writer.WriteNumber(name, count);
        }
    }
}

/// <summary>A default that is written out.</summary>
internal sealed class ConstantParameterDefault : ParameterDefault
{
    private readonly Func<string> _value;

    public ConstantParameterDefault(Func<string> value) => _value = value;

    public override string GetDefaultValue() => _value();

    public override void WriteToManifest(ManifestPublishingContext context) => context.Writer.WriteString("value", GetDefaultValue());
}

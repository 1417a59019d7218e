using System.Globalization;
using System.Text;

namespace SetGet.Tests.Fuzzing;

/// <summary>The inputs of one target that reached something when they were found: a text file with one a line, so that a change of it can be read.</summary>
internal static class CorpusFile
{
    /// <summary>Where the repository keeps them.</summary>
    public static string Folder { get; } = Path.Combine(Deploy.Templates.Root, "SetGet.Tests", "Fuzzing", "corpus");

    /// <summary>The inputs of a target: its corpus and its seeds.</summary>
    public static List<byte[]> Read(string folder, FuzzTarget target)
    {
        var inputs = target.Seeds.Select(Encoding.UTF8.GetBytes).ToList();
        var file = PathOf(folder, target.Name);
        if (File.Exists(file)) inputs.AddRange(File.ReadAllLines(file).Where(line => line.Length > 0).Select(Decode));
        return inputs;
    }

    public static void Write(string folder, string target, IEnumerable<byte[]> inputs)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(PathOf(folder, target), inputs.Select(Encode).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Printable ASCII as it is; else <c>\n</c>, <c>\\</c> and <c>\xNN</c>.</summary>
    public static string Encode(byte[] input)
    {
        var line = new StringBuilder(input.Length);
        foreach (var each in input)
        {
            if (each == '\n') line.Append("\\n");
            else if (each == '\\') line.Append("\\\\");
            else if (each is > (byte)' ' and <= (byte)'~' || (each == ' ' && line.Length > 0)) line.Append((char)each);
            else line.Append(CultureInfo.InvariantCulture, $"\\x{each:x2}");
        }

        return line.Length == 0 ? "\\e" : line.ToString();
    }

    public static byte[] Decode(string line)
    {
        var input = new List<byte>(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                input.Add((byte)line[i]);
                continue;
            }

            i++;
            if (line[i] == 'n') input.Add((byte)'\n');
            else if (line[i] == '\\') input.Add((byte)'\\');
            else if (line[i] == 'x')
            {
                input.Add(byte.Parse(line.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
            }
        }

        return [.. input];
    }

    private static string PathOf(string folder, string target) => Path.Combine(folder, target + ".txt");
}

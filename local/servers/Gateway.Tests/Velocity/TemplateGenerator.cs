using Gateway.Velocity;

namespace Gateway.Tests.Velocity;

/// <summary>
/// Makes templates from a seed, within what Velocity and velocityjs mean alike: the peer divides integers into fractions,
/// knows no string lengths, renders what is absent as its source, replaces only once, and swallows a line's end behind a block comment, so none of that is generated.
/// </summary>
internal sealed class TemplateGenerator
{
    private static readonly string[] Texts =
        ["text", " ", "\n", "\"", "'", "{\"a\": [1]}", "é😀", "a\\b", "100%", "$ ", "# ", "$1", "#12", "x.y", "(z)", "\\|", "\t"];

    private readonly Random _random;
    private int _depth;

    public TemplateGenerator(int seed) => _random = new Random(seed);

    /// <summary>The variables of every template, as the peer takes them.</summary>
    public static object PlainVariables { get; } = new
    {
        a = "apple,pear",
        b = "it's \"b\"",
        i = 7,
        j = -2,
        yes = true,
        no = false,
        l = new object[] { 3, "x", 5 },
        m = new { k = "v", n = 4 },
    };

    /// <summary>The same, as this engine takes them.</summary>
    public static Dictionary<string, object?> Variables() => new(StringComparer.Ordinal)
    {
        ["a"] = "apple,pear",
        ["b"] = "it's \"b\"",
        ["i"] = 7L,
        ["j"] = -2L,
        ["yes"] = true,
        ["no"] = false,
        ["l"] = new List<object?> { 3L, "x", 5L },
        ["m"] = new VelocityMap { ["k"] = "v", ["n"] = 4L },
    };

    public string Next() => Block(_random.Next(1, 6));

    private string Block(int parts) => string.Concat(Enumerable.Range(0, parts).Select(_ => Part()));

    private string Part()
    {
        _depth++;
        var part = _random.Next(_depth > 4 ? 6 : 9) switch
        {
            0 or 1 => Pick(Texts),
            2 => $"[{Pick("$", "$!")}{Reference()}] ",
            3 => $"{Pick("${", "$!{")}{Reference()}}}",
            4 => Pick("##c $a\n", "#* b $a *#|", "#[[ raw $a #if ]]#|", "\\$a ", "\\\\$a ", "\\#if "),
            5 => Set(),
            6 => $"#if({Condition()}){Line()}{Block(2)}#elseif({Condition()}){Block(1)}#else\n{Block(1)}{End()}",
            7 => $"#if({Condition()}){Block(2)}#{{else}}{Block(1)}#end|",
            _ => Loop(),
        };
        _depth--;
        return part;
    }

    // The peer's || and && give one of their operands, as in JavaScript: a negation makes a truth value of it.
    private string Set() => _random.Next(6) switch
    {
        0 => $"#set($i = {Number()}){Line()}$i ",
        1 => $"#set($b = {Text()})$b ",
        2 => $"#set( $q = {{\"p\": {Simple()}, \"r s\": {Pick("'x'", "\"$a\"", "$b")}}} )$q.p $q[\"r s\"] $q.get(\"p\") $q.size() $q ",
        3 => $"#set($r = [{Simple()}, {Pick("'x'", "\"<$a>\"", "$b")}]){Line()}$r.size() $r.get(0) $r[1] $r ",
        4 => $"#set($yes = !({Condition()}))$yes ",
        _ => $"#set($m.z = {Number()})$m.z $m.keySet() ",
    };

    private string Loop()
        => $"#foreach($each in {Pick("[1..3]", "[2..-1]", "$l", "[$i, \"s\"]", "$m.keySet()", "$a.split(\",\")")}){Line()}"
        + $"$each{Pick(" $foreach.count", " $foreach.index", " $velocityCount", "#if($foreach.hasNext),#end")};{Block(1)}{End()}";

    private string Condition() => _random.Next(_depth > 6 ? 4 : 7) switch
    {
        0 => Pick("$yes", "$no", "!$no", "true", "false"),
        1 => $"{Number()} {Pick("==", "!=", "<", "<=", ">", ">=", "lt", "gt", "le", "ge", "eq", "ne")} {Number()}",
        2 => $"{Text()} {Pick("==", "!=")} {Text()}",
        3 => "$m.k == \"v\"",
        4 => Deeper(() => $"({Condition()}) && ({Condition()})"),
        5 => Deeper(() => $"({Condition()}) {Pick("||", "or")} ({Condition()})"),
        _ => Deeper(() => $"!({Condition()})"),
    };

    private string Number() => _random.Next(_depth > 6 ? 3 : 7) switch
    {
        0 => _random.Next(100).ToString(),
        1 => Pick("$i", "$j", "$l[0]", "$m.n", "$l.size()"),
        2 => "-" + _random.Next(1, 9),
        3 => Deeper(() => $"{Number()} + {Number()}"),
        4 => Deeper(() => $"({Number()} - {Number()})"),
        5 => Deeper(() => $"({Number()}) * {_random.Next(9)}"),
        _ => $"{_random.Next(100)} % {_random.Next(1, 9)}",
    };

    private string Simple() => Pick("1", "-2", "$i", "$m.n");

    private string Text() => _random.Next(5) switch
    {
        0 => Pick("'x $a'", "'say \"x\"'", "\"\"", "''", "\"it's\""),
        1 => Pick("\"<$a>\"", "\"${i}px\"", "\"$m.k/$l[1]\"", "\"#if($yes)in#end\""),
        2 => Pick("$a", "$b", "$m.k", "$l.get(1)"),
        3 => Pick("$a.substring(2)", "$a.substring(1, 4)", "$a.toUpperCase()", "$a.replace(\"le\", \"q\")", "$a.charAt(1)"),
        _ => "\"t\" + " + _random.Next(10),
    };

    private string Reference() => Pick("a", "b", "i", "j", "l", "m", "m.k", "m.n", "l[0]", "l.get(2)", "m[\"k\"]", "a.indexOf(\",\")", "yes");

    private string Deeper(Func<string> make)
    {
        _depth++;
        var made = make();
        _depth--;
        return made;
    }

    private string End() => Pick("#end|", "#end ", "#end\n", "#{end}");

    private string Line() => Pick("", "", "\n", "  \n");

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}

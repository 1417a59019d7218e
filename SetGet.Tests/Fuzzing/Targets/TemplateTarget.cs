using System.Text;
using Gateway.Mapping;
using Gateway.Velocity;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>Mapping templates: parsed and rendered over the body behind an empty line, or refused with line and column.</summary>
internal sealed class TemplateTarget() : FuzzTarget("vtl")
{
    private static readonly RequestParameters Parameters = new(
        new Dictionary<string, string> { ["p"] = "path" }, new Dictionary<string, string> { ["q"] = "query" }, new Dictionary<string, string> { ["X-H"] = "header" });

    public override IEnumerable<string> Seeds { get; } =
    [
        "#set($a = $input.path('$.a'))#foreach($x in $a.b)$foreach.index:$x#if($foreach.hasNext),#end#end $util.escapeJavaScript($input.body).replaceAll(\"\\\\'\",\"'\")\n\n{\"a\":{\"b\":[10,{\"c\":\"x\"}]},\"t\":\"it's\",\"n\":1.5}",
        "#set($m = {\"a\": [1..3], 'b': {}})#set($m.c = \"$m.a-${m.b}\")#if($m.a[0] == 1 && !$none || $m.c.length() > 3)$m.put('d', $m.a.add(4))#{else}x#end $!m.d #* c *# ## rest\n\n{}",
        "#foreach($k in $input.path('$').keySet())#if($velocityCount > 2)#break#end$k=$input.json(\"$.$k\") #end#stop x\n\n[1,2]",
        "#set($i = 7)#set($j = ($i * 2 - 3) / 2 % 4)$j.compareTo(1) $util.base64Encode($util.urlEncode(\"$input.params('q')\")) $util.parseJson('{\"x\":[1]}').x[0] $context.identity.apiKeyId #[[ $raw ]]#\n\n{}",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "#set($a = ", "#if(", "#elseif(", "#else", "#end", "#foreach($x in [1..3])", "#foreach($x in $a)", "#break", "#stop", "$input.path('$.a')", "$input.json('$')", "$input.params()", "$input.body", "$util.parseJson(",
        "$util.base64Decode(", "$util.urlDecode(", "$util.escapeJavaScript(", ".size()", ".get(0)", ".add($a)", ".put('a',$a)", ".put(\"k\",$m)", ".keySet()", ".entrySet()", ".addAll($a)", ".replaceAll('.','$0$0')", ".split(',')", ".substring(1)",
        ".subList(0,1)", ".toString()", ".length()", ".matches('(a+)+$')", "$foreach.index", "$foreach.parent", "$!{", "${", "}", ")", "]", "[1..100]", "\"$a$a\"", "$a", "$m", "'", "\"", "==", "!=", "<=", "&&", "||", "!", "+", "-", "*", "/", "%",
        "#*", "*#", "##", "#[[", "]]#", "{}", "[]", "{'a':", ",", "(", "[", "\\", "$context.responseOverride.header.x", ".equals($a)", ".hashCode()", ".codePointAt(0)", "#", "$", "\n\n",
    ];

    // Its own limits are what bounds it: rounds of loops and text, whatever the template's length.
    public override int BaseAllocation => 512 * 1024 * 1024;

    public override double Weight => 3;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        var end = input.Span.IndexOf("\n\n"u8);
        var template = Encoding.UTF8.GetString(end < 0 ? input.Span : input.Span[..end]);
        var body = end < 0 ? "{}" : Encoding.UTF8.GetString(input.Span[(end + 2)..]);
        var context = new ContextVariables();
        context.SetTime(DateTimeOffset.FromUnixTimeMilliseconds(1763740000123));
        try
        {
            _ = VelocityTemplate.Parse(template).Render(new Dictionary<string, object?>
            {
                ["input"] = new TemplateInput(body, Parameters),
                ["util"] = new TemplateUtil(),
                ["context"] = context,
                ["stageVariables"] = new VelocityMap { ["tier"] = "gold" },
            });
        }
        catch (VelocityException)
        {
            // Refused, as API Gateway refuses it.
        }
    }
}

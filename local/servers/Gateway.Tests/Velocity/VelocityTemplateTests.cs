using Gateway.Velocity;

namespace Gateway.Tests.Velocity;

/// <summary>What API Gateway renders, where that was observed on AWS or is documented for Velocity 1.7.</summary>
public sealed class VelocityTemplateTests
{
    [Theory]
    [InlineData("<html></html>", "<html></html>")]
    [InlineData("Hello $ and # and #13ff93 and $1", "Hello $ and # and #13ff93 and $1")]
    [InlineData("Hello $name, ${name}! $!{name}} $name.", "Hello Steve, Steve! Steve} Steve.")]
    [InlineData("[$nothing][$!nothing][${nothing}][$name.nothing][$name.nothing()]", "[][][][][]")]
    [InlineData("## comment\nStuff\nMore## of it $name", "Stuff\nMore")]
    [InlineData("Stuff#*\n more *#\n and more", "Stuff\n and more")]
    [InlineData("#[[ $name #if ]]#", " $name #if ")]
    [InlineData(@"\$name \\$name \\\$name \ \\ \# \$ \#end \# end", @"$name \Steve \$name \ \\ \# \$ #end \# end")]
    [InlineData(@"\#set( $name = 1 )", "#set( Steve = 1 )")]
    [InlineData("hello #stop world", "hello ")]
    public void Text_AndReferences_Render(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("#if($nothing)yes#end", "yes")]
    [InlineData("#if($nothing == \"\")empty#end", "empty")]
    [InlineData("#if(!$off)off#{else}on#end", "off")]
    [InlineData("#if($off) one #elseif($on) two #else three #end", " two ")]
    [InlineData("#if($n > 2 && ($n lt 4 or false))yes#end", "yes")]
    [InlineData("#if($n == 3.0)equal#end#if($n == '3')by text#end", "equalby text")]
    [InlineData("#if('a' == \"a\" and 1 != 2)yes#end", "yes")]
    [InlineData("\n#if(true)\nhello##\n#end", "\nhello")]
    [InlineData("hello #if (true)x.\n#if($on)y\n#end.\n#end z", "hello x.\ny\n.\n z")]
    public void Conditions_Decide(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("#set($a = (5 + 4) * 2 - 1)$a", "17")]
    [InlineData("#set($a = 4 > 2 + 5)$a", "false")]
    [InlineData("#set($a = 100.0 / 50)$a #set($a = .5*.1)$a #set($a = 7 / 2)$a #set($a = -7 % 4)$a", "2.0 0.05 3 -3")]
    [InlineData("#set($a = 9223372036854775807 + 1)$a", "9223372036854775808")]
    [InlineData("#set($a = 1 / 0)[$a]", "[]")]
    [InlineData("#set($a = 'n: ' + $n)$a", "n: 3")]
    [InlineData("#set($a = 10000000.0)$a #set($a = 0.0001)$a #set($a = 1234567.25)$a", "1.0E7 1.0E-4 1234567.25")]
    [InlineData("a\n  #set($x = 1)  \nb", "a\n  b")]
    public void Arithmetic_IsVelocitys(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("#set($d = \"{\"\"a\"\": $n}\")$d", "{\"a\": 3}")]
    [InlineData("#set($d = '{\"a\": $n}')$d", "{\"a\": $n}")]
    [InlineData(@"#set($d = ""1\\""""2"")$d", @"1\\""2")]
    [InlineData(@"#set($d = ""\$name \n"")$d", @"$name \n")]
    [InlineData("#set($d = \"#if($on)in a string#end\")$d", "in a string")]
    public void Literals_InterpolateBetweenDoubleQuotesOnly(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("#foreach($i in [2..-1])$i,#end", "2,1,0,-1,")]
    [InlineData("#foreach($i in [1, 'b'])$foreach.index$foreach.count$velocityCount$i#if($foreach.hasNext),#end#end", "0111,122b")]
    [InlineData("#set($i = 1)#foreach($i in [2, 3])$i#end$i", "231")]
    [InlineData("#foreach($i in [1, 2])#foreach($j in [3, 4])$foreach.parent.count$foreach.count #end#end", "11 12 21 22 ")]
    [InlineData("#foreach($i in [1..5])#if($i == 3)#break#end$i#end!", "12!")]
    [InlineData("#foreach($i in $nothing)x#end#foreach($i in 5)x#end", "")]
    [InlineData("#foreach($v in {'a': 1, 'b': 2})$v#end", "12")]
    public void Loops_Count(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("#set($m = {'k1': 'v1', \"k 2\": [1, null]})$m", "{k1=v1, k 2=[1, null]}")]
    [InlineData("#set($m = {})#set($m['a'] = {})#set($m.a.b = 1)$m.a['b'] $m.size() $m.containsKey('a') $m.keySet()", "1 1 true [a]")]
    [InlineData("#set($m = {'k': 1})$m.put('k', 2) $m.k #foreach($e in $m.entrySet())$e.key=$e.getValue()#end", "1 2 k=2")]
    [InlineData("#set($l = ['one', 'two'])$l.set(1, 'x') $l $l.add(4) $l.contains('x') $l.get(0) $l[2] $l.isEmpty()", "two [one, x] true true one 4 false")]
    [InlineData("$name.substring(1, 3) $name.indexOf('e') $name.replaceAll('e.', '[$0]') $name.matches('[a-zA-Z]*')", "te 2 St[ev]e true")]
    [InlineData("$name.length() $name.toUpperCase() $name.split('e') $name.concat('!').equalsIgnoreCase('steve!')", "5 STEVE [St, v] true")]
    public void Methods_AreJavas(string template, string expected) => Assert.Equal(expected, Render(template));

    [Fact]
    public void ReplaceAll_OfTheEscapedQuote_TakesTheBackslashOnly()
        => Assert.Equal("it's \\\\'s", Render(@"#set($t = ""it\'s \\\'s"")$t.replaceAll(""\\'"",""'"")"));

    [Theory]
    [InlineData("#macro(a)b#end", "#macro")]
    [InlineData("x\n #parse('f')", "line 2, column 2: #parse")]
    [InlineData("#include('f')", "#include")]
    [InlineData("#evaluate('f')", "#evaluate")]
    [InlineData("#define($a)b#end", "#define")]
    [InlineData("#if(true)", "#end of #if")]
    [InlineData("#end", "#end without")]
    [InlineData("#else blah", "line 1, column 1")]
    [InlineData("#set($a = )", "expression expected")]
    [InlineData("#set($a = b)", "'b' is not an expression")]
    [InlineData("#set($a = \"b)", "end of a string")]
    [InlineData("${name.", "'}' expected")]
    [InlineData("#* x", "without *#")]
    [InlineData("#if($on) a #else b #elseif($on) c #end", "#end of #if")]
    public void Parse_Malformed_SaysWhereAndWhat(string template, string expected)
        => Assert.Contains(expected, Assert.Throws<VelocityException>(() => VelocityTemplate.Parse(template)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("#foreach($i in [1..1001])x#end")]
    [InlineData("$name.substring(9)")]
    [InlineData("#set($l = [1])$l[3]")]
    [InlineData("$name.matches('[')")]
    [InlineData("#set($a = 'xx')#foreach($i in [1..1000])#set($a = \"$a$a\")#end")]
    [InlineData("#set($a = 'xx')#foreach($i in [1..1000])#set($a = $a + $a)#end")]
    [InlineData("#set($a = 'xx')#foreach($i in [1..1000])#set($a = $a.replaceAll('x', 'xxxxxxxxx'))#end")]
    [InlineData("#set($a = 'xx')#foreach($i in [1..1000])#set($a = $a.replace('x', 'xxxxxxxxx'))#end")]
    [InlineData("#set($l = [1])#foreach($i in [1..1000])#set($x = $l.addAll($l))#end")]
    [InlineData("#set($l = [1])#foreach($i in [1..1000])#set($l = [$l, $l])#end$l")]
    [InlineData("#set($b = 3)#foreach($i in [1..1000])#set($b = $b * $b)#end")]
    [InlineData("#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])#end#end#end")]
    [InlineData("#set($m = {})#set($m.a = $m)$m")]
    [InlineData("#set($m = {})#set($m.a = $m)#if($m == {})#end")]
    [InlineData("#foreach($i in [-9223372036854775808..9223372036854775807])#end")]
    public void Render_BeyondALimit_Fails(string template) => Assert.Throws<VelocityException>(() => Render(template));

    [Fact]
    public void Parse_TooLongOrTooDeep_IsRefused()
    {
        Assert.Throws<VelocityException>(() => VelocityTemplate.Parse(new string('x', VelocityTemplate.MaxTemplateBytes + 1)));
        Assert.Throws<VelocityException>(() => VelocityTemplate.Parse("#set($a = " + new string('(', 10_000)));
        Assert.Throws<VelocityException>(() => VelocityTemplate.Parse("#set($a = " + new string('!', 10_000)));
    }

    private static string Render(string template) => VelocityTemplate.Parse(template).Render(new Dictionary<string, object?>
    {
        ["name"] = "Steve",
        ["n"] = 3L,
        ["on"] = true,
        ["off"] = false,
    });
}

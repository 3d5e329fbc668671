import Documents
import Testing

protocol Shape: DescribedKind {
    var area: Double { get }
}

struct Square: Shape, Equatable {
    var side = 1.0
    static let key = "square"
    static let documentation = "As high as wide."
    static let fields: Fields<Self> = [
        Field("side", \.side, .positive("a length above 0 m"), "The side in m.")
    ]
    var area: Double { side * side }
}

struct Oblong: Shape, Equatable {
    var width = 1.0
    var height = 1.0
    static let key = "oblong"
    static let documentation = "Wider than high."
    static let fields: Fields<Self> = [
        Field(
            "width", \.width, .positive("a length above 0 m"), "The width in m.", isRequired: true),
        Field("height", \.height, .positive("a length above 0 m"), "The height in m."),
    ]
    var area: Double { width * height }
}

/// What a package outside would add.
struct Circle: Shape, Equatable {
    var radius = 1.0
    static let key = "circle"
    static let documentation = "As wide everywhere."
    static let fields: Fields<Self> = [
        Field("radius", \.radius, .positive("a length above 0 m"), "The radius in m.")
    ]
    var area: Double { 3 * radius * radius }
}

private let shapes = Registry<any Shape>([
    .init(Square.self) { $0 }, .init(Oblong.self) { $0 },
])
private let tagged = FieldFormat<any Shape>.tagged(
    shapes, by: "name", standard: "square", described: { $0 })
private let keyed = FieldFormat<any Shape>.keyed(shapes, noun: "shape", described: { $0 })

private func read(
    _ yaml: String, as format: FieldFormat<any Shape>, with kinds: Kinds = Kinds()
) -> String {
    do throws(DocumentError) {
        var document = try Document(yaml: yaml.utf8, name: "s.yaml")
        document.kinds = kinds
        let shape = try format.read(document.cursor)
        return "\(format.write(shape).canonicalJSON) of \(shape.area)"
    } catch {
        return error.description
    }
}

private var extended: Kinds {
    var kinds = Kinds()
    kinds.add(Registry<any Shape>.Entry(Circle.self) { $0 })
    return kinds
}

@Suite("Registries of kinds")
struct RegistryTests {
    @Test(
        "an object names its kind by a member",
        arguments: [
            ("{}", #"{"name":"square","side":1.0} of 1.0"#),
            ("{side: 3}", #"{"name":"square","side":3.0} of 9.0"#),
            ("{name: oblong, width: 2}", #"{"height":1.0,"name":"oblong","width":2.0} of 2.0"#),
            ("{name: oblong}", "s.yaml:1:1: $: \"width\" is missing\n  hint: add \"width\""),
            (
                "{name: oblang, width: 2}",
                "s.yaml:1:8: $.name: expected one of square, oblong, found \"oblang\"\n"
                    + "  hint: did you mean \"oblong\"?"
            ),
            (
                "{width: 2}",
                "s.yaml:1:2: $: unknown member \"width\"\n"
                    + "  hint: square has no width; it belongs to oblong"
            ),
            (
                "{name: oblong, widht: 2}",
                "s.yaml:1:16: $: unknown member \"widht\"\n  hint: did you mean \"width\"?"
            ),
        ])
    func taggedKinds(yaml: String, expected: String) {
        #expect(read(yaml, as: tagged) == expected)
    }

    @Test(
        "an object is its kind by its only member",
        arguments: [
            ("square", #"{"square":{"side":1.0}} of 1.0"#),
            ("square:", #"{"square":{"side":1.0}} of 1.0"#),
            ("{square: {side: 2}}", #"{"square":{"side":2.0}} of 4.0"#),
            ("oblong", "s.yaml:1:1: $: \"width\" is missing\n  hint: add \"width\""),
            (
                "{oblong: {width: 0}}",
                "s.yaml:1:18: $.oblong.width: expected a length above 0 m, found 0"
            ),
            (
                "{square: {}, oblong: {width: 1}}",
                "s.yaml:1:1: $: expected one shape, found 2 in one element\n"
                    + "  hint: begin each shape with a dash of its own"
            ),
            (
                "{sqare: {}}",
                "s.yaml:1:2: $: unknown member \"sqare\"\n  hint: did you mean \"square\"?"
            ),
        ])
    func keyedKinds(yaml: String, expected: String) {
        #expect(read(yaml, as: keyed) == expected)
    }

    @Test("a kind of a package outside is read, suggested and in the schema")
    func addedKinds() {
        #expect(read("{name: circle}", as: tagged, with: extended).hasSuffix("of 3.0"))
        #expect(read("{circle: {radius: 2}}", as: keyed, with: extended).hasSuffix("of 12.0"))
        #expect(
            read("{name: cirle}", as: tagged, with: extended).hasSuffix("did you mean \"circle\"?"))
        #expect(
            tagged.schema(extended).words
                == "object with `name`: `square`, `oblong` or `circle`")
        #expect(read("{name: circle}", as: tagged).contains("expected one of square, oblong,"))
    }

    @Test("the schema of kinds has a branch for each")
    func schemaOfKinds() {
        #expect(
            tagged.schema(Kinds()).jsonSchema.canonicalJSON == #"{"oneOf":["#
                + #"{"additionalProperties":false,"description":"As high as wide.","#
                + #""properties":{"name":{"const":"square"},"side":{"default":1.0,"#
                + #""description":"The side in m.","exclusiveMinimum":0.0,"type":"number"}},"#
                + #""type":"object"},"#
                + #"{"additionalProperties":false,"description":"Wider than high.","#
                + #""properties":{"height":{"default":1.0,"#
                + #""description":"The height in m.","exclusiveMinimum":0.0,"type":"number"},"#
                + #""name":{"const":"oblong"},"width":{"description":"The width in m.","#
                + #""exclusiveMinimum":0.0,"type":"number"}},"#
                + #""required":["name","width"],"type":"object"}]}"#)
    }

    @Test("documents are equal only with the same added kinds")
    func equality() {
        #expect(extended == extended)
        #expect(extended != Kinds())
        #expect(extended.hashValue == extended.hashValue)
    }
}

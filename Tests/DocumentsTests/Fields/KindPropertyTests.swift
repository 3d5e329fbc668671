import Documents
import Testing

private struct Rhombus: Shape, Equatable {
    var side = 1.0
    var tilt = 30.0
    static let key = "rhombus"
    static let documentation = "A square that leans."
    static let fields: Fields<Self> = [
        Field("tilt", \.tilt, .number(in: 0...90), "How far it leans in degrees."),
        Field("side", \.side, .positive("a length above 0 m"), "The side in m."),
    ]
    var area: Double { side * side }
}

private let shapes = Registry<any Shape>([
    .init(Square.self) { $0 }, .init(Rhombus.self) { $0 },
])

/// A thing whose shape has its settings beside those of the others.
private struct Tile: Described {
    var shape: any Shape = Square()
    var others: [DocumentValue.Member] = []
    var color = "gray"

    static let kind = KindProperty<Self, any Shape>(
        \.shape, others: \.others, of: shapes, described: { $0 })
    static let fields: Fields<Self> = [
        Field(kind: "shape", kind, "What it looks like."), Field(settingsOf: kind),
        Field("color", \.color, .text, "Its color."),
    ]
}

/// A thing whose shape has its settings in an object of their own.
private struct Stamp: Described {
    var shape: any Shape = Square()
    var others: [DocumentValue.Member] = []

    static let kind = KindProperty<Self, any Shape>(
        \.shape, others: \.others, of: shapes, described: { $0 })
    static let fields: Fields<Self> = [
        Field(kind: "shape", kind, "What it looks like."),
        Field("shape_settings", settingsOf: kind, "Its size."),
    ]
}

@Suite("Properties of several kinds with the settings of all")
struct KindPropertyTests {
    private static var extended: Kinds {
        var kinds = Kinds()
        kinds.add(Registry<any Shape>.Entry(Circle.self) { $0 })
        return kinds
    }

    private static func read<Thing: Described>(
        _ yaml: String, as type: Thing.Type, with kinds: Kinds
    ) -> String {
        do throws(DocumentError) {
            var document = try Document(yaml: yaml.utf8, name: "t.yaml")
            document.kinds = kinds
            let thing = try Thing(document.cursor)
            let text = thing.document.json(.canonical)
            var again = try Document(json: text.utf8, name: "t.json")
            again.kinds = kinds
            #expect(try Thing(again.cursor).document.json(.canonical) == text)
            return text
        } catch {
            return error.description
        }
    }

    @Test(
        "settings of other kinds are checked and kept",
        arguments: [
            ("{}", #"{"color":"gray","shape":"square","side":1.0,"tilt":30.0}"#),
            ("{tilt: 10}", #"{"color":"gray","shape":"square","side":1.0,"tilt":10.0}"#),
            (
                "{shape: rhombus, side: 2}",
                #"{"color":"gray","shape":"rhombus","side":2.0,"tilt":30.0}"#
            ),
            ("{tilt: 91}", "t.yaml:1:8: $.tilt: expected a number from 0.0 to 90.0, found 91"),
            (
                "{titl: 9}",
                "t.yaml:1:2: $: unknown member \"titl\"\n  hint: did you mean \"tilt\"?"
            ),
            (
                "{shape: rombus}",
                "t.yaml:1:9: $.shape: expected one of square, rhombus, found \"rombus\"\n"
                    + "  hint: did you mean \"rhombus\"?"
            ),
        ])
    func beside(yaml: String, expected: String) {
        #expect(Self.read(yaml, as: Tile.self, with: Kinds()) == expected)
    }

    @Test("an added kind has its settings there, too")
    func added() {
        #expect(
            Self.read("{shape: circle, radius: 2, side: 4}", as: Tile.self, with: Self.extended)
                == #"{"color":"gray","radius":2.0,"shape":"circle","side":4.0,"tilt":30.0}"#)
        #expect(
            Self.read("{radius: 2}", as: Tile.self, with: Self.extended)
                == #"{"color":"gray","radius":2.0,"shape":"square","side":1.0,"tilt":30.0}"#)
        #expect(Self.read("{radius: 2}", as: Tile.self, with: Kinds()).contains("unknown member"))
    }

    @Test("settings stand in an object of their own when that is wanted")
    func inside() {
        #expect(
            Self.read("{shape_settings: {tilt: 3}}", as: Stamp.self, with: Kinds())
                == #"{"shape":"square","shape_settings":{"side":1.0,"tilt":3.0}}"#)
        #expect(
            Self.read("{shape_settings: {color: red}}", as: Stamp.self, with: Kinds())
                .hasPrefix("t.yaml:1:19: $.shape_settings: unknown member \"color\""))
    }

    @Test("the schema has the settings of all in the order of each kind, and says whose they are")
    func schema() {
        let properties = Tile.schema(with: Self.extended).properties
        #expect(properties.map(\.key) == ["shape", "tilt", "side", "radius", "color"])
        #expect(
            properties[0].documentation
                == "What it looks like. square: As high as wide. rhombus: A square that leans.")
        #expect(properties[1].documentation == "rhombus: How far it leans in degrees.")
        #expect(properties[2].documentation == "square, rhombus: The side in m.")
    }
}

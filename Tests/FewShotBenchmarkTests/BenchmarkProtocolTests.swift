import Documents
import FewShotBenchmark
import TestSupport
import Testing

@Suite("Protocols of a benchmark")
struct BenchmarkProtocolTests {
    @Test(
        "each protocol that comes along reads, under its own name",
        arguments: BenchmarkProtocol.names)
    func named(name: String) throws {
        let settings = try BenchmarkProtocol.read(name)
        #expect(settings.name == name)
        #expect(settings.version >= 1 && !settings.about.isEmpty && !settings.supports.isEmpty)
    }

    @Test("a protocol of one's own begins as a named one, and overrides replace its settings")
    func derived() throws {
        let settings = try BandLaboratory.settings(
            "protocol: turned_k\nsupports: [{windows: 3, from: first}]\n")
        #expect(settings.turnsBand && settings.folds == 3)
        #expect(settings.supports.map(\.windows) == [3])
        #expect(settings.supports.map(\.position) == [.first])
        let changed = try BenchmarkProtocol.read(
            "shift_k", overrides: ["supports=[{windows: all}]", "seeds=[7]"])
        #expect(changed.supports.map(\.windows) == [nil])
        #expect(changed.seeds == [7])
        #expect(changed.sessions.earlier == ["training"])
    }

    @Test("a protocol is written as it is read")
    func roundTrip() throws {
        let settings = try BenchmarkProtocol.read("one_gesture")
        let again = try BenchmarkProtocol(
            Document(name: "again", root: settings.document).cursor)
        #expect(again.document.json(.canonical) == settings.document.json(.canonical))
    }

    @Test(
        "what cannot be asked is refused with what can",
        arguments: [
            ("new_classes: 1\n", "at least 2"),
            ("held_out: [open]\n", "at least 2"),
            ("held_out: [open, close]\nsupports: [{shown: 1}]\n", "supports of all classes"),
            ("new_classes: 2\nsupports: [{shown: 1}]\n", "supports of all classes"),
            ("ways: 2\nsupports: [{shown: 1}]\n", "supports of all classes"),
            ("problems: 3\n", "ways"),
            ("turned: true\nring: false\n", "only a ring"),
            ("methods: [priors]\n", "prior"),
            ("supports: []\n", "at least 1"),
            ("supports: [{windows: every}]\n", "all"),
        ])
    func refused(yaml: String, hint: String) throws {
        let error = #expect(throws: DocumentError.self) { try BandLaboratory.settings(yaml) }
        #expect(error?.description.contains(hint) == true)
    }

    @Test("an unknown name is answered with the names that there are")
    func unknown() {
        let error = #expect(throws: DocumentError.self) { try BenchmarkProtocol.read("shift") }
        #expect(error?.description.contains("shift_k") == true)
    }

    @Test(
        "shown classes are every combination, once",
        arguments: [(nil, 1), (1, 4), (2, 6), (3, 4), (4, 1), (9, 1)])
    func combinations(shown: Int?, count: Int) {
        var setting = SupportSetting()
        setting.shown = shown
        let combinations = setting.combinations(of: 4)
        #expect(combinations.count == count && Set(combinations).count == count)
        #expect(combinations.allSatisfy { $0 == $0.sorted() && $0.count == min(shown ?? 4, 4) })
    }

    @Test(
        "windows come from the middle of a hold or its beginning, and never from beyond it",
        arguments: [
            (1, SupportSetting.Position.middle, 57, 28..<29), (5, .middle, 57, 26..<31),
            (5, .first, 57, 0..<5), (80, .middle, 57, 0..<57), (80, .first, 57, 0..<57),
            (2, .middle, 1, 0..<1),
        ])
    func ranges(
        windows: Int, position: SupportSetting.Position, count: Int, expected: Range<Int>
    ) {
        var setting = SupportSetting()
        (setting.windows, setting.position) = (windows, position)
        #expect(setting.range(of: count) == expected)
        setting.windows = nil
        #expect(setting.range(of: count) == 0..<count)
    }
}

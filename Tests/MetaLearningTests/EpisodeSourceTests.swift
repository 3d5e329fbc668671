import MetaLearning
import Testing

@Suite("Tasks in memory")
struct EpisodeSourceTests {
    private static func windows(label: UInt8 = 0, length: Int = 2) throws -> WindowSet {
        try WindowSet(
            signal: [0, 1, 2, 3], channelCount: 1, windowLength: length, starts: [0, 1],
            labels: [0, label])
    }

    private static func episode(_ id: String, label: UInt8 = 0, length: Int = 2) throws -> Episode {
        try Episode(
            id: id, support: windows(label: label, length: length), query: windows(length: length))
    }

    @Test("tasks are found by id and listed by split in their order")
    func lookup() throws {
        let source = try EpisodesInMemory(
            classNames: ["a", "b"], train: [Self.episode("y"), Self.episode("x", label: 1)],
            test: [Self.episode("z")])
        #expect(source.ids(in: .train) == ["y", "x"])
        #expect(source.ids(in: .validation).isEmpty)
        #expect(try source.episode("z").id == "z")
        #expect(throws: MetaLearningError(.unknownEpisode("w"), at: "tasks")) {
            try source.episode("w")
        }
    }

    @Test("an id twice, a label without class and windows of two sizes are refused")
    func faults() throws {
        let good = try Self.episode("a")
        for other in [
            good, try Self.episode("b", label: 2), try Self.episode("b", length: 3),
        ] {
            #expect(throws: MetaLearningError.self) {
                try EpisodesInMemory(classNames: ["a", "b"], train: [good], test: [other])
            }
        }
    }

    @Test("a task needs windows on both sides")
    func emptyParts() throws {
        let none = try WindowSet(
            signal: [0, 1], channelCount: 1, windowLength: 2, starts: [], labels: [])
        #expect(throws: MetaLearningError.self) {
            try Episode(id: "a", support: Self.windows(), query: none)
        }
    }
}

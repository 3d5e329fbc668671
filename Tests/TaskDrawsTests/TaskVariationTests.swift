import Documents
import SeededRandom
import TaskDraws
import Testing

@Suite("Variations of tasks")
struct TaskVariationTests {
    private static let labels: [UInt8] = [0, 0, 0, 1, 1, 1, 1, 0, 0, 2, 2, 2, 2, 2]
    private static let shape = TaskShape(
        channelCount: 8, classCount: 4, supportLabels: labels)

    private func draw(
        _ kinds: any TaskVariation..., id: String = "p1/a/x", seed: UInt64 = 1, round: String = ""
    ) -> TaskDraw {
        kinds.map { TaskVariationStep($0) }.draw(of: Self.shape, id: id, seed: seed, round: round)
    }

    @Test("what a kind draws depends on no other kind, task or round")
    func independence() {
        let alone = draw(ChannelGains(range: 0.3))
        let together = draw(
            BandRotation(), ChannelGains(range: 0.3), PermutedLabels(), SupportSize(windows: 1...3))
        #expect(together.gains == alone.gains)
        #expect(draw(ChannelGains(range: 0.3)) == alone)
        #expect(draw(ChannelGains(range: 0.3), id: "p1/a/y") != alone)
        #expect(draw(ChannelGains(range: 0.3), seed: 2) != alone)
        #expect(draw(ChannelGains(range: 0.3), round: "meta-step 1") != alone)
    }

    @Test("a draw a person is that of all their tasks, one a task is not")
    func people() {
        func gains(_ subject: TaskVariationStep.Subject, _ id: String) -> [Double] {
            [TaskVariationStep(ChannelGains(range: 0.5), per: subject)]
                .draw(of: Self.shape, id: id, seed: 7).gains
        }
        #expect(gains(.person, "p1/a/x") == gains(.person, "p1/b/y"))
        #expect(gains(.person, "p1/a/x") != gains(.person, "p2/a/x"))
        #expect(gains(.task, "p1/a/x") != gains(.task, "p1/b/y"))
    }

    @Test("every whole turn of a ring is drawn, none between; of a grid those of its columns")
    func turns() {
        let ring = (0..<400).map { draw(BandRotation(), id: "p\($0)/a/x").turn }
        #expect(Set(ring) == Set((0..<8).map(Double.init)))
        let some = (0..<400).map { draw(BandRotation(places: 2), id: "p\($0)/a/x").turn }
        #expect(Set(some) == [-2, -1, 0, 1, 2])
        let grid = TaskShape(channelCount: 8, columnCount: 2, classCount: 1, supportLabels: [0])
        let columns = (0..<100).map { index in
            [TaskVariationStep(BandRotation())].draw(of: grid, id: "p\(index)/a/x", seed: 1).turn
        }
        #expect(Set(columns) == [0, 1])
    }

    @Test("fractional turns fill the circumference, or what is asked for")
    func fractions() {
        let whole = (0..<400).map {
            draw(BandRotation(isFractional: true), id: "p\($0)/a/x").turn
        }
        #expect(whole.allSatisfy { $0 >= 0 && $0 < 8 } && Set(whole).count == 400)
        #expect(whole.contains { $0 > 7 } && whole.contains { $0 < 1 })
        let some = (0..<400).map {
            draw(BandRotation(places: 0.5, isFractional: true), id: "p\($0)/a/x").turn
        }
        #expect(some.allSatisfy { abs($0) <= 0.5 } && some.contains { abs($0) > 0.4 })
    }

    @Test("gains lie within their range, and two multiply")
    func gains() {
        let one = draw(ChannelGains(range: 0.2)).gains
        #expect(one.count == 8 && one.allSatisfy { abs($0 - 1) <= 0.2 })
        let two = draw(ChannelGains(range: 0.2), ChannelGains(range: 0.2)).gains
        #expect(two != one && two.allSatisfy { $0 >= 0.64 && $0 <= 1.44 })
    }

    @Test("as many channels drop out as are drawn, and one is always left")
    func dropOut() {
        let counts = (0..<200).map {
            draw(ChannelDropOut(channels: 1...3), id: "p\($0)/a/x").silent.count
        }
        #expect(Set(counts) == [1, 2, 3])
        #expect(draw(ChannelDropOut(channels: 100...100)).silent.count == 7)
        #expect(
            Set(draw(ChannelDropOut(channels: 3...3), ChannelDropOut(channels: 4...4)).silent).count
                == 7)
    }

    @Test("exchanged pairs leave every channel once, and exchanging again undoes it")
    func swaps() {
        for index in 0..<20 {
            let order = draw(ChannelSwap(pairs: 2...2), id: "p\(index)/a/x").order
            #expect(order.sorted() == Array(0..<8))
            #expect(order.indices.count { order[$0] != $0 } == 4)
            #expect(order.map { order[$0] } == Array(0..<8))
        }
        #expect(draw(ChannelSwap(pairs: 0...0)).order.isEmpty)
        #expect(draw(ChannelSwap(pairs: 100...100)).order.count == 8)
    }

    @Test("labels are permuted among all classes, and two permutations follow each other")
    func labels() {
        let orders = (0..<200).map { draw(PermutedLabels(), id: "p\($0)/a/x").labels }
        #expect(orders.allSatisfy { $0.sorted() == [0, 1, 2, 3] })
        #expect(Set(orders).count == 24)
        let twice = draw(PermutedLabels(), PermutedLabels())
        #expect(twice.trueClasses(twice.relabeled(Self.labels)) == Self.labels)
    }

    @Test("missing classes are among those that the support shows, and one is always shown")
    func missing() {
        let draws = (0..<200).map { draw(MissingClasses(missing: 1...1), id: "p\($0)/a/x") }
        #expect(Set(draws.flatMap(\.missing)) == [0, 1, 2])
        #expect(draws.allSatisfy { $0.missing.count == 1 })
        let shown = draw(MissingClasses(shown: 1...1))
        #expect(Set(shown.supportPlaces(of: Self.labels).map { Self.labels[$0] }).count == 1)
        #expect(draw(MissingClasses(missing: 9...9)).missing.count == 2)
        #expect(draw(MissingClasses(shown: 9...9)).missing.isEmpty)
    }

    @Test(
        "a support has so many windows of each class, or all there are",
        arguments: [1, 2, 4, 5, 9], [SupportSize.Place.first, .middle, .consecutive, .random])
    func supportSize(windows: Int, place: SupportSize.Place) {
        for index in 0..<20 {
            let places = draw(
                SupportSize(windows: windows...windows, place: place), id: "p\(index)/a/x"
            ).support
            for label in [UInt8(0), 1, 2] {
                let there = Self.labels.count { $0 == label }
                #expect(places.count { Self.labels[$0] == label } == min(windows, there))
            }
            #expect(zip(places, places.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test("first, middle and consecutive windows are where their names say")
    func supportPlaces() {
        #expect(draw(SupportSize(windows: 2...2, place: .first)).support == [0, 1, 3, 4, 9, 10])
        // Class 0 has phases of three and two windows, class 1 one of four, class 2 one of five.
        #expect(draw(SupportSize(windows: 1...1, place: .middle)).support == [1, 4, 11])
        #expect(draw(SupportSize(windows: 2...2, place: .middle)).support == [0, 1, 4, 5, 10, 11])
        for index in 0..<50 {
            let places = draw(
                SupportSize(windows: 2...2, place: .consecutive), id: "p\(index)/a/x"
            ).support
            for pair in stride(from: 0, to: places.count, by: 2) {
                #expect(places[pair + 1] == places[pair] + 1)
            }
        }
    }

    @Test("a regression's support is of one kind of windows")
    func regression() {
        let shape = TaskShape(
            channelCount: 2, classCount: 0, supportLabels: [UInt8](repeating: 0, count: 9))
        let steps: [TaskVariationStep] = [
            TaskVariationStep(SupportSize(windows: 4...4)), TaskVariationStep(PermutedLabels()),
            TaskVariationStep(MissingClasses(shown: 1...1)),
        ]
        let draw = steps.draw(of: shape, id: "p/a/x", seed: 1)
        #expect(draw.support.count == 4 && draw.labels.isEmpty && draw.missing.isEmpty)
    }

    @Test(
        "documents are read and written back",
        arguments: [
            "{kind: rotation}", "{kind: rotation, places: 2.5, fractional: true, per: person}",
            "{kind: gain, range: 0.2}", "{kind: drop_out, channels: [0, 2]}",
            "{kind: swap, pairs: 1}", "{kind: permuted_labels}",
            "{kind: missing_classes, shown: 1}", "{kind: missing_classes, missing: [0, 2]}",
            "{kind: support_size, windows: [1, 5], place: middle}",
        ])
    func documents(text: String) throws {
        let step = try TaskVariationStep(Document(yaml: text.utf8, name: "step").cursor)
        let again = try Document(json: step.document.json(.compact).utf8, name: "again")
        #expect(try TaskVariationStep(again.cursor) == step)
    }

    @Test(
        "what cannot be is refused",
        arguments: [
            ("{kind: rotate}", "rotation"), ("{kind: gain}", "range"),
            ("{kind: gain, range: 1}", "0.9999"),
            ("{kind: missing_classes}", "neither"),
            ("{kind: missing_classes, shown: 1, missing: 1}", "both"),
            ("{kind: support_size, windows: [5, 1]}", "the least and the most"),
            ("{kind: support_size, windows: [1, 2, 3]}", "[least, most]"),
            ("{kind: support_size, windows: 0}", "1"),
            ("{kind: rotation, per: session}", "person"),
        ])
    func refusals(text: String, mention: String) throws {
        let document = try Document(yaml: text.utf8, name: "step")
        let error = #expect(throws: DocumentError.self) { try TaskVariationStep(document.cursor) }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
    }

    /// A kind of a package outside: the band is turned by half the circumference.
    private struct HalfTurn: TaskVariation {
        static let key = "half_turn"
        static let documentation = "Turned by half the circumference."
        static let fields: Fields<Self> = []

        func vary(
            _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator
        ) {
            draw.turn += Double(task.columnCount) / 2
        }
    }

    @Test("a package outside adds a kind that documents name")
    func addedKinds() throws {
        var kinds = Kinds()
        kinds.add(taskVariation: HalfTurn.self)
        let document = try Document(yaml: "{kind: half_turn}".utf8, name: "step")
        let step = try TaskVariationStep(
            Document(name: "step", root: document.root, kinds: kinds).cursor)
        #expect([step].draw(of: Self.shape, id: "p/a/x", seed: 1).turn == 4)
    }
}

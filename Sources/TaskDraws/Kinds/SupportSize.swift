package import Documents
package import SeededRandom

/// A support of some windows of each class.
package struct SupportSize: TaskVariation {
    /// Which windows of a class are taken.
    package enum Place: String, Sendable, Hashable, CaseIterable {
        /// The first ones.
        case first
        /// Those in the middle of the first phase (run of windows of the class) that is long enough.
        case middle
        /// Those that follow each other from a place that is drawn, in one phase where one is long
        /// enough.
        case consecutive
        /// Any, drawn one by one.
        case random
    }

    /// How many windows of each class; one of the numbers is drawn.
    package var windows: ClosedRange<Int>
    /// Which windows of a class are taken.
    package var place: Place

    /// Creates a variation.
    package init(windows: ClosedRange<Int>, place: Place = .random) {
        self.windows = windows
        self.place = place
    }

    /// A variation whose measure is still to be set.
    package init() { self.init(windows: 1...1) }

    /// The name in documents.
    package static let key = "support_size"
    /// What it is.
    package static let documentation =
        "The support has some windows of each class only, all there are when there are fewer."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "windows", \.windows, .count(in: 1...1_000_000),
            "How many windows of each class: a number, or [least, most] of which one is drawn.",
            isRequired: true),
        Field(
            "place", \.place, .choice,
            "Which of a class's windows: the `first` ones; those in the `middle` of the first phase "
                + "that is long enough; `consecutive` ones from a place that is drawn; or `random` "
                + "ones."),
    ]

    /// Draws the windows.
    package func vary(
        _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator
    ) {
        let count = generator.count(in: windows)
        let candidates = draw.support.isEmpty ? Array(task.supportLabels.indices) : draw.support
        // Without classes all windows are of one kind.
        let groups = Dictionary(grouping: candidates) {
            task.classCount == 0 ? 0 : task.supportLabels[$0]
        }
        draw.support = groups.sorted { $0.key < $1.key }.flatMap { _, places in
            chosen(min(count, places.count), of: places, using: &generator)
        }.sorted()
    }

    private func chosen(
        _ count: Int, of places: [Int], using generator: inout SeededGenerator
    ) -> [Int] {
        switch place {
        case .first: return Array(places.prefix(count))
        case .random: return generator.sample(count, of: places)
        case .middle:
            let phase = Self.phases(of: places).first { $0.count >= count } ?? places[...]
            return Array(phase.dropFirst((phase.count - count) / 2).prefix(count))
        case .consecutive:
            // Within one phase where one is long enough.
            let within = places.indices.filter {
                $0 + count <= places.count && places[$0 + count - 1] == places[$0] + count - 1
            }
            let starts = within.isEmpty ? Array(0...places.count - count) : within
            return Array(
                places.dropFirst(starts[generator.integer(below: starts.count)])
                    .prefix(count))
        }
    }

    /// Places that follow each other without another class between them.
    private static func phases(of places: [Int]) -> [ArraySlice<Int>] {
        var phases: [ArraySlice<Int>] = []
        var start = 0
        for index in places.indices.dropFirst() where places[index] != places[index - 1] + 1 {
            phases.append(places[start..<index])
            start = index
        }
        return phases + [places[start...]]
    }
}

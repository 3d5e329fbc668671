package import Documents

/// How much of a new person a method may see before it decides.
package struct SupportSetting: Described, Hashable {
    /// Which windows of a hold are taken.
    package enum Position: String, Sendable, Hashable, CaseIterable {
        /// Those in the middle of the hold.
        case middle
        /// The first ones: the onset is in them.
        case first
    }

    /// Windows of each class that is shown, from its first hold; `nil` for the whole hold.
    package var windows: Int? = 1
    /// Which of the hold's windows.
    package var position = Position.middle
    /// How many classes are shown, each combination once; `nil` for all classes.
    package var shown: Int?

    /// One window in the middle of a hold of each class.
    package init() {}

    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field(
            "windows",
            schema: { _ in .either([.integer(minimum: 1, maximum: 1_000_000), .choice(["all"])]) },
            "Windows of each class that is shown, from its first hold; `all` for the whole hold.",
            read: { cursor, setting throws(DocumentError) in
                if case .string = cursor.value.content {
                    setting.windows = try cursor.choice([("all", nil as Int?)])
                } else {
                    setting.windows = try cursor.integer(in: 1...1_000_000)
                }
            },
            write: { $0.windows.map { .integer($0) } ?? .string("all") }),
        Field(
            "from", \.position, .choice,
            "`middle` for windows in the middle of the hold, `first` for those that begin it, with "
                + "the onset in them."),
        Field(
            optional: "shown", \.shown, .integer(in: 1...255),
            "How many of the classes are shown, each combination once, while all are decided about; "
                + "all when left out.", absence: .leftOut),
    ]

    /// The windows of a hold that are support.
    ///
    /// - Parameter count: How many windows the hold has.
    /// - Returns: Their numbers.
    package func range(of count: Int) -> Range<Int> {
        guard let windows else { return 0..<count }
        let first = position == .middle ? max(0, count / 2 - windows / 2) : 0
        return first..<min(count, first + windows)
    }

    /// The classes that are shown, each combination once.
    ///
    /// - Parameter classCount: How many classes there are.
    /// - Returns: Numbers of classes in ascending order.
    package func combinations(of classCount: Int) -> [[Int]] {
        guard let shown, shown < classCount else { return [Array(0..<classCount)] }
        func extended(_ chosen: [Int]) -> [[Int]] {
            guard chosen.count < shown else { return [chosen] }
            return ((chosen.last ?? -1) + 1..<classCount).flatMap { extended(chosen + [$0]) }
        }
        return extended([])
    }

    /// The setting in words.
    package var title: String {
        let amount = windows.map { "\($0) \($0 == 1 ? "window" : "windows")" } ?? "a whole hold"
        let classes =
            switch shown {
            case nil: "of each class"
            case 1?: "of one class"
            case let count?: "of each of \(count) classes"
            }
        return "\(amount) \(classes)"
    }
}

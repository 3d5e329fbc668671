import Documents

/// Figures of which each belongs to some of the runs, and says to which: the first is open, the
/// others are one tap away.
struct FigureChoice: Sendable {
    /// Figures of the same runs.
    struct Option: Sendable {
        /// Whose they are; empty when there is no choice.
        let label: String
        let figures: [ReportFigure]
    }

    /// More than this are left out, and the page says so.
    static let most = 6

    let options: [Option]
    /// How many there would be.
    let count: Int

    /// Offers figures that are chosen already.
    init(_ options: [Option], of count: Int) {
        (self.options, self.count) = (options, count)
    }

    /// Offers the first of them.
    ///
    /// - Parameters:
    ///   - elements: What has figures.
    ///   - option: Makes the figures of one; `nil` when it has none.
    /// - Throws: What `option` throws.
    init<Element>(
        _ elements: [Element], _ option: (_ place: Int, Element) throws(DocumentError) -> Option?
    ) throws(DocumentError) {
        var options: [Option] = []
        for element in elements.prefix(Self.most) {
            if let own = try option(options.count, element) { options.append(own) }
        }
        self.options = options
        count = elements.count
    }

    /// All figures in order.
    var figures: [ReportFigure] { options.flatMap(\.figures) }

    /// The figures as part of a page.
    var html: String {
        guard options.count > 1 else { return figures.map(\.html).joined() }
        let rest =
            count > Self.most
            ? "<p class=\"note\">The first \(Self.most) of \(count) are shown.</p>\n" : ""
        return rest
            + options.enumerated().map { place, option in
                HTMLText.details(
                    option.label, option.figures.map(\.html).joined(), isOpen: place == 0)
            }.joined()
    }
}

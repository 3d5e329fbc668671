extension RowStore {
    /// What a row may have besides samples and targets.
    package struct Parts: OptionSet, Sendable, Hashable {
        /// The bits of the parts.
        package let rawValue: Int

        /// A class, as a number from 0 to 255.
        package static let labels = Parts(rawValue: 1)
        /// A time in seconds.
        package static let timeStamps = Parts(rawValue: 2)

        /// Parts by their bits.
        package init(rawValue: Int) { self.rawValue = rawValue }
    }
}

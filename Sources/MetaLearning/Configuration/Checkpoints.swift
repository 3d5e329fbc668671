package import Documents

extension TrainingConfiguration {
    /// Which parameters are kept besides the best and the last.
    package struct Checkpoints: Described, Hashable {
        /// Meta-epochs between two checkpoints that are kept, from 1 to 1,000,000; `nil` for none.
        package var every: Int?

        /// None.
        package init() {}

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field(
                optional: "every", \.every, .integer(in: 1...1_000_000),
                "Meta-epochs between two checkpoints that stay, as "
                    + "checkpoints/epoch-00010.safetensors; none when left out.")
        ]
    }
}

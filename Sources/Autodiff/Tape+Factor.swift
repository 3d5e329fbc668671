extension Tape {
    /// A matrix of a product, or a stack of matrices, as it is or transposed.
    public struct Factor: Sendable, Hashable {
        /// The matrix on the tape.
        public let variable: Variable
        /// How it is used.
        public let form: MatrixForm

        /// Creates a factor.
        ///
        /// - Parameters:
        ///   - variable: The matrix on the tape.
        ///   - form: How it is used.
        public init(_ variable: Variable, _ form: MatrixForm) {
            self.variable = variable
            self.form = form
        }

        /// A matrix as it is.
        public static func plain(_ variable: Variable) -> Factor { Factor(variable, .plain) }

        /// A matrix with rows and columns exchanged.
        public static func transposed(_ variable: Variable) -> Factor {
            Factor(variable, .transposed)
        }
    }
}

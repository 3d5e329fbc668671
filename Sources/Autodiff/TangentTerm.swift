/// One term of a tangent: a primitive over values and tangents of a node's operands.
struct TangentTerm: Sendable, Hashable {
    /// Where an operand of the term comes from.
    enum Source: Sendable, Hashable {
        /// The value of the node's operand at this place.
        case value(Int)
        /// The tangent of the node's operand at this place.
        case tangent(Int)
        /// The node's own value.
        case result
    }

    let primitive: Primitive
    let sources: [Source]

    init(_ primitive: Primitive, _ sources: Source...) {
        self.primitive = primitive
        self.sources = sources
    }
}

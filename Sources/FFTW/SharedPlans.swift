extension RealFFTPlan {
    private static let cache = LengthCache { RealFFTPlan(length: $0) }

    /// A plan for a length, shared by all who ask.
    package static func shared(length: Int) -> RealFFTPlan { cache.value(length: length) }
}

extension ComplexFFTPlan {
    /// A plan for a length, shared by all who ask.
    package static func shared(length: Int) -> ComplexFFTPlan {
        Number.complexPlans.value(length: length)
    }
}

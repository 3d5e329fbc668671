package import Documents

extension Registry<any InnerRule> {
    /// The library's rules.
    package static var standard: Registry {
        Registry([
            .init(InnerSGD.self) { $0 }, .init(InnerMomentum.self) { $0 },
            .init(InnerAdam.self) { $0 },
        ])
    }
}

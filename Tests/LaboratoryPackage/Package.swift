// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "Laboratory",
    platforms: [.macOS(.v15)],
    dependencies: [
        // A laboratory takes a release: .package(url: "https://…/myotask", from: "0.2.0").
        .package(name: "MyoTask", path: "../..", traits: [])
    ],
    targets: [
        .executableTarget(
            name: "mylab", dependencies: [.product(name: "MyoTask", package: "MyoTask")]),
        // What is of use without the rest is imported by itself.
        .executableTarget(
            name: "engines",
            dependencies: [
                .product(name: "Autodiff", package: "MyoTask"),
                .product(name: "EMGFilters", package: "MyoTask"),
            ]),
    ]
)

package storefront

import (
	"encoding/json"
	"html/template"
	"strings"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// object is a node of schema.org. Its JSON has every "<" escaped, so that no
// text can end the script element it stands in.
type object map[string]any

func scripts(nodes ...object) []template.JS {
	var list []template.JS
	for _, node := range nodes {
		node["@context"] = "https://schema.org"
		text, err := json.Marshal(node)
		if err != nil {
			continue // only strings, numbers and lists of them stand in a node
		}
		list = append(list, template.JS(text))
	}
	return list
}

// organization is the shop itself, with its promise on returns.
func (s *Storefront) organization(p *web.Page) object {
	organization := object{
		"@type": "OnlineStore", "@id": s.kit.BaseURL() + "/#shop", "name": p.ShopName, "url": s.kit.BaseURL() + "/",
		"email": p.ShopEmail, "address": strings.Join(p.ShopAddress, ", "),
		"hasMerchantReturnPolicy": returnPolicy(p.ReturnDays),
	}
	if p.ShopPhone != "" {
		organization["telephone"] = p.ShopPhone
	}
	return organization
}

func returnPolicy(days int) object {
	return object{
		"@type": "MerchantReturnPolicy", "applicableCountry": "US",
		"returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow", "merchantReturnDays": days,
		"returnMethod": "https://schema.org/ReturnByMail", "returnFees": "https://schema.org/FreeReturn",
	}
}

func (s *Storefront) breadcrumbs(crumbs []web.Crumb) object {
	var items []object
	for i, crumb := range crumbs {
		item := object{"@type": "ListItem", "position": i + 1, "name": crumb.Title}
		if crumb.URL != "" {
			item["item"] = s.abs(crumb.URL)
		}
		items = append(items, item)
	}
	return object{"@type": "BreadcrumbList", "itemListElement": items}
}

// variesBy are the properties by which search engines tell variants apart.
// Width has none of its own, so it is a part of the size.
var variesBy = map[string]string{
	"size": "size", "width": "size", "color": "color", "colour": "color", "material": "material", "pattern": "pattern",
}

// productData is a product with all its variants.
func (s *Storefront) productData(p *shop.Product, images []string, settings shop.Settings) object {
	shipping := shippingData{settings: settings, told: map[string]bool{}}
	common := object{"name": p.Title, "description": short(plain(p.Description), 500), "url": s.abs("/products/" + p.Handle)}
	if p.Vendor != "" {
		common["brand"] = object{"@type": "Brand", "name": p.Vendor}
	}
	if len(images) > 0 {
		common["image"] = images
	}
	if p.HasOnlyDefaultVariant() {
		common["@type"] = "Product"
		s.variantData(common, p, &p.Variants[0], shipping)
		return common
	}
	varies := map[string]bool{}
	for _, o := range p.Options {
		if name := variesBy[strings.ToLower(o.Name)]; name != "" {
			varies["https://schema.org/"+name] = true
		}
	}
	var variants []object
	for i := range p.Variants {
		node := object{"@type": "Product", "name": p.Title + ", " + p.Variants[i].Title()}
		s.variantData(node, p, &p.Variants[i], shipping)
		variants = append(variants, node)
	}
	common["@type"], common["productGroupID"], common["hasVariant"] = "ProductGroup", p.Handle, variants
	common["variesBy"] = keys(varies)
	return common
}

// variantData adds what is particular to one variant.
func (s *Storefront) variantData(node object, p *shop.Product, v *shop.Variant, shipping shippingData) {
	address := s.abs("/products/"+p.Handle) + "?variant=" + idText(v.ID)
	for _, o := range p.Options {
		name := variesBy[strings.ToLower(o.Name)]
		if name == "" || p.HasOnlyDefaultVariant() {
			continue
		}
		before, _ := node[name].(string)
		node[name] = strings.TrimSpace(before + " " + v.Option(o.Position))
	}
	if v.SKU != "" {
		node["sku"] = v.SKU
	}
	if v.Barcode != "" {
		node["gtin"] = v.Barcode
	}
	offer := object{
		"@type": "Offer", "url": address, "price": v.Price.Decimal(), "priceCurrency": strings.ToUpper(shipping.settings.Currency),
		"availability": "https://schema.org/OutOfStock", "itemCondition": "https://schema.org/NewCondition",
	}
	if v.Available() {
		offer["availability"] = "https://schema.org/InStock"
	}
	if v.RequiresShipping {
		if details := shipping.of(v.Price); details != nil {
			offer["shippingDetails"] = details
		}
	}
	node["offers"] = offer
}

// shippingData tells what shipping costs, each rate whole once on a page and
// by its name after that: a shoe has dozens of variants, the shop few rates.
type shippingData struct {
	settings shop.Settings
	told     map[string]bool
}

func (d shippingData) of(price shop.Cents) object {
	zone, ok := d.settings.ZoneFor("")
	if !ok {
		return nil
	}
	rate, _ := shop.ShippingFor(price, true, zone, d.settings)
	name := "#shipping-" + rate.Decimal()
	if d.told[name] {
		return object{"@id": name}
	}
	d.told[name] = true
	region := object{"@type": "DefinedRegion", "addressCountry": zone.Country}
	if len(zone.States) > 0 {
		region["addressRegion"] = zone.States
	}
	return object{
		"@type": "OfferShippingDetails", "@id": name,
		"shippingRate":        object{"@type": "MonetaryAmount", "value": rate.Decimal(), "currency": strings.ToUpper(d.settings.Currency)},
		"shippingDestination": region,
	}
}
